// The steps of an interaction: each starts, grows and stops, and none continues after it.
// https://ai.google.dev/gemini-api/docs/interactions/streaming
import { asIndex, asString } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";

/** `step.start`, called `content.start` before May 2026. */
const STEP_EVENT = /^(?:step|content)\.(start|delta|stop)$/;
/** Limits the watched steps of an interaction; a hostile stream could start one with every event. */
const MOST_STEPS = 10_000;

interface Step {
  isStopped: boolean;
  /** One finding for a step that is out of order is enough. */
  isFound: boolean;
}

export const stepRules = family({
  name: "steps",
  rules: [
    {
      id: "step-not-started",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "A step has a delta or a stop, but no `step.start` before it.",
      why: "Only `step.start` gives the step's type and tool, so clients have no place for the delta.",
      remedy: "Send `step.start` before any other event of a step, or look for what dropped it.",
    },
    {
      id: "step-not-stopped",
      severity: "warning",
      meaning: "The interaction is complete, but a started step has no `step.stop`.",
      why: "Clients run a tool or parse its arguments when its step stops, so they wait forever.",
      remedy: "Send `step.stop` for every step before `interaction.completed`.",
    },
    {
      id: "step-after-stop",
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "A step continues after its `step.stop`, or starts a second time.",
      why: "Clients treat the step as finished, so they drop the late events or show them as another step.",
      remedy: "Send `step.stop` after all other events of a step, and give every step its own index.",
    },
  ],
  watch(find) {
    let steps = new Map<number, Step>();
    /** The capture has the start of the interaction; otherwise a step may have started before it. */
    let isWhole = false;

    function findLate(step: Step, index: number, type: string, { event }: Reading, state: string): void {
      if (step.isFound) return;
      step.isFound = true;
      find("step-after-stop", event, `${type} refers to step ${index}, which has ${state}`, {
        expected: null,
        seen: type,
      });
    }

    function readStep(kind: string, index: number, type: string, reading: Reading): void {
      const step = steps.get(index);
      if (step === undefined) {
        if (steps.size >= MOST_STEPS) return;
        const isStarted = kind === "start";
        steps.set(index, { isStopped: kind === "stop", isFound: !isStarted });
        if (isStarted || !isWhole) return;
        const message = `${type} refers to step ${index}, which has not started`;
        find("step-not-started", reading.event, message, { expected: "step.start", seen: type });
      } else if (step.isStopped) findLate(step, index, type, reading, "stopped");
      else if (kind === "start") findLate(step, index, type, reading, "started");
      else step.isStopped = kind === "stop";
    }

    function readEnd({ event }: Reading): void {
      for (const [index, { isStopped, isFound }] of steps) {
        if (isStopped || isFound) continue;
        const message = `step ${index} has not stopped when the interaction is complete`;
        find("step-not-stopped", event, message, { expected: "step.stop", seen: null });
      }
    }

    return {
      read(reading) {
        for (const fact of reading.facts) {
          if (fact.type === "response-start") {
            steps = new Map();
            isWhole = !fact.resumed;
          } else if (fact.type === "response-end" && fact.outcome === "completed") readEnd(reading);
        }
        if (reading.payload.type !== "object") return;
        const { event_type: eventType, index } = reading.payload.value;
        const type = asString(eventType) ?? reading.event.event;
        const kind = STEP_EVENT.exec(type)?.[1];
        const position = asIndex(index);
        if (kind !== undefined && position !== null) readStep(kind, position, type, reading);
      },
    };
  },
});
