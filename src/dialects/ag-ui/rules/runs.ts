// The order of a run's events, as the client's own verifier checks it: `verifyEvents` of @ag-ui/client
// (https://github.com/ag-ui-protocol/ag-ui, sdks/typescript/packages/client/src/verify). Texts, calls and steps that go on
// without a beginning are found by the rules for parts.
import { jsonText } from "../../../model/json-text.ts";
import type { JsonObject } from "../../../model/payload.ts";
import type { WireEvent } from "../../../model/wire.ts";
import { family } from "../../../rules/rule.ts";
import { nameOf } from "../event-names.ts";

/** Steps that are remembered; a hostile stream could begin one with every event. */
const MOST_STEPS = 1000;

export const runRules = family({
  name: "runs",
  rules: [
    {
      id: "run-order",
      severity: "error",
      meaning: "A run does not begin with RUN_STARTED, begins again before its end, or ends while a step is open.",
      why: "The client's verifier aborts at the first event that is out of order.",
      remedy: "Send RUN_STARTED first, STEP_FINISHED for each step, and RUN_FINISHED or RUN_ERROR last.",
    },
  ],
  watch(find) {
    let stage: "before" | "running" | "over" = "before";
    let steps = new Set<string>();

    function start(event: WireEvent): void {
      if (stage === "running") {
        const difference = { expected: "RUN_FINISHED", seen: "RUN_STARTED" };
        find("run-order", event, "RUN_STARTED comes again before the run has finished", difference);
      }
      stage = "running";
      steps = new Set();
    }

    function end(event: WireEvent): void {
      stage = "over";
      const [step] = steps;
      if (step === undefined) return;
      const message = `RUN_FINISHED comes while the step ${step} is open`;
      find("run-order", event, message, { expected: "STEP_FINISHED", seen: "RUN_FINISHED" });
    }

    function step(value: JsonObject, isStart: boolean): void {
      const name = jsonText(value.stepName);
      if (!isStart) steps.delete(name);
      else if (steps.size < MOST_STEPS) steps.add(name);
    }

    return {
      read({ event, payload }) {
        const name = payload.type === "object" ? nameOf(payload.value.type) : null;
        if (payload.type !== "object" || name === null) return;
        if (name === "RUN_STARTED") return start(event);
        if (stage === "before" && name !== "RUN_ERROR") {
          find("run-order", event, `${name} comes before RUN_STARTED`, { expected: "RUN_STARTED", seen: name });
        }
        if (stage === "before") stage = "running";
        if (name === "RUN_FINISHED") end(event);
        else if (name === "RUN_ERROR") stage = "over";
        else if (name === "STEP_STARTED" || name === "STEP_FINISHED") step(payload.value, name === "STEP_STARTED");
      },
    };
  },
});
