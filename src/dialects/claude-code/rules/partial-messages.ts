// The events of the Messages API that `--include-partial-messages` adds: each message that starts also stops.
// https://platform.claude.com/docs/en/build-with-claude/streaming#event-types
import { asObject, asString } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

export const partialMessageRules = family({
  name: "partial-messages",
  rules: [
    {
      id: "message-not-stopped",
      severity: "warning",
      meaning: "The events of a message have no `message_stop`, although the run continues or succeeds.",
      why: "Clients that follow the events wait for the rest of the message, or never learn why it stopped.",
      remedy: "Look for lines lost between the CLI and the reader, for example in a wrapper or a log.",
    },
  ],
  watch(find) {
    /** The message that started and did not stop. */
    let open: string | null = null;

    return {
      read({ event: place, payload }) {
        if (payload.type !== "object") return;
        const { type, event, subtype, is_error: isError, parent_tool_use_id: parent } = payload.value;
        if (type === "system" && subtype === "init") open = null;
        if (type === "result") {
          if (open !== null && subtype === "success" && isError !== true)
            find("message-not-stopped", place, `result comes before message_stop of ${open}`);
          open = null;
        }
        if (type !== "stream_event" || asString(parent) !== null) return;
        const inner = asObject(event) ?? {};
        if (inner.type === "message_stop") open = null;
        if (inner.type !== "message_start") return;
        const id = asString(asObject(inner.message)?.id) ?? "a message";
        if (open !== null) find("message-not-stopped", place, `${id} starts before message_stop of ${open}`);
        open = id;
      },
    };
  },
});
