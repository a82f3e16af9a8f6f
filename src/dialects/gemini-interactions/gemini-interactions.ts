// Google's Interactions API: an interaction is a list of steps, each of which starts, grows and stops.
// https://ai.google.dev/gemini-api/docs/interactions/streaming
import type { Outcome, ResponseSnapshot, Usage } from "../../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { createSteps, type Steps } from "./steps.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { stepRules } from "./rules/steps.ts";
import { traits } from "./traits.ts";

export const geminiInteractions = {
  ...traits,
  claims(event, payload) {
    if (payload.type === "broken-json") return tellers.has(event.event);
    return payload.type === "object" && tellers.has(typeOf(payload.value, event));
  },
  create: createReader,
  rules: [stepRules],
} as const satisfies Dialect;

function createReader(): DialectReader {
  const writer = createFactWriter();
  const steps = createSteps(writer);
  return {
    read: readObjects(writer, (value, event) => {
      const type = typeOf(value, event);
      const tell = tellers.get(type);
      if (tell !== undefined) tell(value, writer, steps);
      else if (type === "error" || isError(value, event.event)) writer.error(readError(value));
      else writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ delta, event_id: id }) =>
      asObject(delta)?.type === "text"
        ? { text: "/delta/text", number: null, padding: id === undefined ? null : "/event_id" }
        : null,
  };
}

function typeOf(value: JsonObject, event: WireEvent): string {
  return asString(value.event_type) ?? event.event;
}

/** Reports the facts of one event; `value` is its payload. */
type Teller = (value: JsonObject, writer: FactWriter, steps: Steps) => void;

const tellers = new Map<string, Teller>([
  ["interaction.created", tellStart],
  ["interaction.status_update", tellUpdate],
  ["interaction.in_progress", tellUpdate],
  ["interaction.requires_action", tellUpdate],
  ["interaction.completed", tellEnd],
  ["step.start", (value, _, steps) => steps.start(asIndex(value.index), asObject(value.step) ?? {})],
  ["step.delta", (value, _, steps) => steps.delta(asIndex(value.index), asObject(value.delta) ?? {})],
  ["step.stop", (value, _, steps) => steps.stop(asIndex(value.index))],
  // Before May 2026, steps were called contents:
  // https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026
  ["interaction.start", tellStart],
  ["interaction.complete", tellEnd],
  ["content.start", (value, _, steps) => steps.start(asIndex(value.index), asObject(value.content) ?? {})],
  ["content.delta", (value, _, steps) => steps.delta(asIndex(value.index), asObject(value.delta) ?? {})],
  ["content.stop", (value, _, steps) => steps.stop(asIndex(value.index))],
]);

function tellStart(value: JsonObject, writer: FactWriter): void {
  writer.startResponse(readSnapshot(asObject(value.interaction) ?? {}));
}

/** Reads a status alone, or a snapshot. */
function tellUpdate(value: JsonObject, writer: FactWriter): void {
  const { interaction_id: id, status } = value;
  const snapshot = readSnapshot(asObject(value.interaction) ?? { id, status });
  const outcome = outcomeOf(snapshot.status);
  // An interaction is complete when its last event says so.
  writer.updateResponse(snapshot, outcome === "completed" ? null : outcome);
}

function tellEnd(value: JsonObject, writer: FactWriter): void {
  const interaction = asObject(value.interaction) ?? {};
  const snapshot = readSnapshot(interaction);
  writer.updateResponse(snapshot, null);
  const usage = asObject(interaction.usage);
  if (usage !== null) writer.usage(readUsage(usage));
  const { status } = snapshot;
  // Without a status, the event gives the outcome; a status that is not an end means a cut.
  const outcome = status === null ? "completed" : (outcomeOf(status) ?? "incomplete");
  // The status is also the reason if incomplete: budget_exceeded, cancelled …
  writer.endResponse(outcome, status, outcome === "completed" || status === outcome ? null : status);
}

/** Statuses that are not an end. */
const OPEN_STATUSES: ReadonlySet<string> = new Set(["in_progress", "queued"]);
/** The model has finished its turn; the next step is the client's. */
const COMPLETE_STATUSES: ReadonlySet<string> = new Set(["completed", "requires_action", "requires_continuation"]);

function outcomeOf(status: string | null): Outcome | null {
  if (status === null || OPEN_STATUSES.has(status)) return null;
  if (COMPLETE_STATUSES.has(status)) return "completed";
  return status === "failed" ? "failed" : "incomplete";
}

function readSnapshot({ id, model, agent, status, service_tier }: JsonObject): ResponseSnapshot {
  return {
    id: idOf(id),
    model: asString(model) ?? asString(agent),
    status: asString(status),
    serviceTier: asString(service_tier),
  };
}

/** An interaction that is not stored has an empty id. */
function idOf(value: unknown): string | null {
  const id = asString(value);
  return id === "" ? null : id;
}

/** The totals of input and output leave out thoughts and tool results; the grand total includes them. */
function readUsage(usage: JsonObject): Usage {
  const reasoning = asIndex(usage.total_thought_tokens);
  return usageOf(
    {
      input: sumOf(asIndex(usage.total_input_tokens), asIndex(usage.total_tool_use_tokens)),
      cachedInput: asIndex(usage.total_cached_tokens),
      output: sumOf(asIndex(usage.total_output_tokens), reasoning),
      reasoning,
      total: asIndex(usage.total_tokens),
    },
    usage,
  );
}
