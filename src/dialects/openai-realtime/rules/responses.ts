// The order of a response's events: a text is done once, after its deltas, and `response.done` is last and has all items.
// https://platform.openai.com/docs/guides/realtime-conversations
import type { Place } from "../../../model/finding.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";

/** Limits the texts and items that are remembered; a hostile stream could start one with every event. */
const MOST_REMEMBERED = 1000;
/** The events of texts: `output_text`, `audio_transcript`, `function_call_arguments` … */
const TEXT_EVENT = /^response\.(?<text>\w*(?:text|transcript|arguments))\.(?<step>delta|done)$/;
const ADDED = "response.output_item.added";
const DONE = "response.done";

export const responseRules = family({
  name: "responses",
  rules: [
    {
      id: "response-after-done",
      severity: "error",
      meaning: "An event of a response follows its `response.done`.",
      why: "Clients have closed the response, so they lose the event or show it in the next response.",
      remedy: "Send `response.done` once for each response, after all its other events.",
    },
    {
      id: "text-after-done",
      // huggingface/speech-to-speech#442
      severity: "error",
      meaning: "A text, a transcript or arguments continue after their done event, or are done twice.",
      why: "Clients treat the done event's text as complete, so they lose the rest or show a part twice.",
      remedy: "Send deltas for the parts, and one done event with the whole text.",
    },
    {
      id: "done-output-missing",
      // huggingface/speech-to-speech#416
      severity: "warning",
      meaning: "An item that was streamed is not in the `response.done` of its completed response.",
      why: "Clients that read calls and texts from `response.done` never see the item, so its tool is not called.",
      remedy: "Put all items of the response into `response.output` of `response.done`.",
    },
  ],
  watch(find) {
    /** The response that ended last, until a late event of it is reported. */
    let ended: string | null = null;
    /** Items, and the response of each: two responses may overlap. */
    const items = new Map<string, string | null>();
    /** Texts of items that are done. */
    let done = new Set<string>();

    function readText(type: string, value: JsonObject, place: Place): void {
      const { text, step } = TEXT_EVENT.exec(type)?.groups ?? {};
      if (text === undefined) return;
      const id = asString(value.item_id) ?? "";
      const key = `${text} ${id} ${asIndex(value.content_index) ?? 0}`;
      // Once for each text that continues after its done event.
      if (done.delete(key)) {
        const message = `${type} of the item ${id} follows response.${text}.done`;
        find("text-after-done", place, message, { expected: "response.output_item.done", seen: type });
      } else if (step === "done" && done.size < MOST_REMEMBERED) done.add(key);
    }

    function end(response: JsonObject, place: Place): void {
      const id = asString(response.id);
      const listed = new Set(asObjects(response.output).map((item) => item.id));
      const own = [...items.keys()].filter((item) => items.get(item) === id);
      const missing = own.find((item) => !listed.has(item));
      for (const item of own) items.delete(item);
      // A cut response may leave out items that it did not finish.
      if (missing !== undefined && response.status === "completed") {
        const message = `response.done does not list the item ${missing}`;
        find("done-output-missing", place, message, { expected: missing, seen: null });
      }
      ended = id;
      done = new Set();
    }

    return {
      read({ event, payload }) {
        if (payload.type !== "object") return;
        const { value } = payload;
        const type = asString(value.type) ?? "";
        if (!type.startsWith("response.")) return;
        const response = asObject(value.response) ?? {};
        const id = asString(value.response_id) ?? asString(response.id);
        if (id !== null && id === ended) {
          find("response-after-done", event, `${type} follows response.done of ${id}`, { expected: null, seen: type });
          ended = null;
        } else if (type === DONE) end(response, event);
        else if (type === ADDED) {
          const item = asString(asObject(value.item)?.id);
          if (item !== null && items.size < MOST_REMEMBERED) items.set(item, id);
        } else readText(type, value, event);
      },
    };
  },
});
