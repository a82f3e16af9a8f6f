// The order of a run's events, as the client's own verifier checks it: `verifyEvents` of @ag-ui/client
// (https://github.com/ag-ui-protocol/ag-ui, sdks/typescript/packages/client/src/verify). Missing starts are reported by
// the rules for parts, texts without an end by those for texts.
import { jsonText } from "../../../model/json-text.ts";
import type { JsonObject } from "../../../model/payload.ts";
import type { WireEvent } from "../../../model/wire.ts";
import { family } from "../../../rules/rule.ts";
import { EVENTS, nameOf } from "../event-names.ts";

/** Limits the parts that are remembered; a hostile stream could start one with every event. */
const MOST_PARTS = 1000;

/** The effect of an event on a part of the run that must end before the run does. */
interface Mark {
  readonly part: string;
  readonly key: string;
  readonly does: "begin" | "fill" | "end";
}

/** By event name. */
const MARKS: ReadonlyMap<string, Mark> = new Map([
  ...marked("step", "stepName", "STEP_STARTED", "STEP_FINISHED"),
  ...marked("text message", "messageId", "TEXT_MESSAGE_START", "TEXT_MESSAGE_END", "TEXT_MESSAGE_CONTENT"),
  ...marked("tool call", "toolCallId", "TOOL_CALL_START", "TOOL_CALL_END", "TOOL_CALL_ARGS"),
  ...marked("reasoning", "messageId", "REASONING_START", "REASONING_END"),
  ...marked(
    "reasoning message",
    "messageId",
    "REASONING_MESSAGE_START",
    "REASONING_MESSAGE_END",
    "REASONING_MESSAGE_CONTENT",
  ),
]);

function marked(part: string, key: string, begin: string, end: string, fill?: string): [string, Mark][] {
  const marks: [string, Mark][] = [
    [begin, { part, key, does: "begin" }],
    [end, { part, key, does: "end" }],
  ];
  return fill === undefined ? marks : [...marks, [fill, { part, key, does: "fill" }]];
}

/** The event that ends the part that another event began. */
function endOf(name: string): string {
  const begun = MARKS.get(name)?.part;
  return [...MARKS].find(([, { part, does }]) => part === begun && does === "end")?.[0] ?? "its end";
}

export const runRules = family({
  name: "runs",
  rules: [
    {
      id: "run-order",
      severity: "error",
      meaning:
        "A run does not start with RUN_STARTED, starts again before its end, ends while a part is open, or continues after its end.",
      why: "The client's verifier aborts at the first event out of order.",
      remedy:
        "Send RUN_STARTED first, the end of each step, text, call and reasoning, and RUN_FINISHED or RUN_ERROR last.",
    },
  ],
  watch(find) {
    let stage: "before" | "running" | "finished" | "failed" | "late" = "before";
    /** The open parts, and the event that ends each one. */
    let open = new Map<string, string>();

    function start(event: WireEvent): void {
      if (stage === "running") {
        const difference = { expected: "RUN_FINISHED", seen: "RUN_STARTED" };
        find("run-order", event, "RUN_STARTED is sent again before the run has finished", difference);
      }
      stage = "running";
      open = new Map();
    }

    function end(event: WireEvent): void {
      stage = "finished";
      const [part] = open;
      if (part === undefined) return;
      const message = `RUN_FINISHED is sent while the ${part[0]} is open`;
      find("run-order", event, message, { expected: part[1], seen: "RUN_FINISHED" });
    }

    /** Reports a late event that is not part of the answer; late answers are a rule of every dialect. */
    function findLate(event: WireEvent, name: string): void {
      const isOfAnswer = EVENTS.get(name) === "answer" && name !== "RUN_ERROR";
      if (isOfAnswer || (stage === "finished" && name === "RUN_ERROR")) return;
      const last = stage === "failed" ? "RUN_ERROR" : "RUN_FINISHED";
      find("run-order", event, `${name} follows ${last}`, { expected: "RUN_STARTED", seen: name });
      stage = "late";
    }

    function mark({ part, key, does }: Mark, name: string, value: JsonObject): void {
      const which = `${part} ${jsonText(value[key])}`;
      // A part with content and no end is reported as a text without one.
      if (does !== "begin") open.delete(which);
      else if (open.size < MOST_PARTS) open.set(which, endOf(name));
    }

    return {
      read({ event, payload }) {
        const name = payload.type === "object" ? nameOf(payload.value.type) : null;
        if (payload.type !== "object" || name === null) return;
        if (name === "RUN_STARTED") return start(event);
        if (stage === "before" && name !== "RUN_ERROR") {
          find("run-order", event, `${name} is sent before RUN_STARTED`, { expected: "RUN_STARTED", seen: name });
        }
        if (stage === "finished" || stage === "failed") findLate(event, name);
        if (stage === "before") stage = "running";
        if (name === "RUN_FINISHED") end(event);
        else if (name === "RUN_ERROR") stage = "failed";
        const known = MARKS.get(name);
        if (known !== undefined) mark(known, name, payload.value);
      },
    };
  },
});
