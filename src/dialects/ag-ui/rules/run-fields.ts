// The fields of essential events that the schemas of AG-UI's SDKs require. https://docs.ag-ui.com/sdk/js/core/events,
// EventSchemas of @ag-ui/core
import { asString } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import { nameOf } from "../event-names.ts";

const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ["RUN_STARTED", ["threadId", "runId"]],
  ["RUN_FINISHED", ["threadId", "runId"]],
  ["RUN_ERROR", ["message"]],
  ["STEP_STARTED", ["stepName"]],
  ["STEP_FINISHED", ["stepName"]],
  ["TEXT_MESSAGE_START", ["messageId"]],
  ["TEXT_MESSAGE_CONTENT", ["messageId", "delta"]],
  ["TEXT_MESSAGE_END", ["messageId"]],
  ["TOOL_CALL_START", ["toolCallId", "toolCallName"]],
  ["TOOL_CALL_ARGS", ["toolCallId", "delta"]],
  ["TOOL_CALL_END", ["toolCallId"]],
]);

export const runFieldRules = family({
  name: "run-fields",
  rules: [
    {
      id: "run-field-missing",
      severity: "error",
      meaning: "An event lacks a field that the protocol's schema requires, or spells it differently.",
      why: "Clients check each event against the schema and abort the run at the first invalid one.",
      remedy: "Send the field in camelCase, such as `threadId`; in Python, serialize events with `by_alias=True`.",
    },
  ],
  watch(find) {
    /** Missing fields already reported, by event: one that a server never sends is reported once. */
    const found = new Set<string>();
    return {
      read({ event, payload }) {
        if (payload.type !== "object") return;
        const name = nameOf(payload.value.type);
        for (const field of REQUIRED.get(name ?? "") ?? []) {
          if (asString(payload.value[field]) !== null || found.has(`${name} ${field}`)) continue;
          found.add(`${name} ${field}`);
          find("run-field-missing", event, `${name} has no ${field}`, { expected: field, seen: null });
        }
      },
    };
  },
});
