// The output of `opencode run --format json` (opencode): a line for each finished part of the session. A step, one call
// of the model, is a response; `step_finish` ends it, with its tokens and its cost. https://opencode.ai/docs/cli/#run,
// packages/opencode/src/cli/cmd/run.ts and session/message-v2.ts in https://github.com/anomalyco/opencode
import type { Outcome } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { costOf } from "../reader/provider-figures.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const opencode = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const PARTS: ReadonlySet<string | null> = new Set(["step_start", "text", "reasoning", "tool_use", "step_finish"]);

/** Every line names its session, with a key that no other dialect spells this way. */
function isOwn({ type, timestamp, sessionID: session, part, error }: JsonObject): boolean {
  if (typeof timestamp !== "number" || asString(session) === null) return false;
  return type === "error" ? asObject(error) !== null : PARTS.has(asString(type)) && asObject(part) !== null;
}

/** The finish reasons of the AI SDK; any other is incomplete: `length`, `content-filter`, `other`, `unknown`. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["stop", "completed"],
  ["tool-calls", "completed"],
  ["error", "failed"],
]);
/** The results of the calls go to the model, and another step follows. */
const CONTINUES = "tool-calls";

function createReader(): DialectReader {
  const writer = createFactWriter();
  let isOpen = false;

  function begin(id: string | null): void {
    const snapshot = { id, model: null, status: null, serviceTier: null };
    if (isOpen && id !== null) writer.updateResponse(snapshot, null);
    else if (!isOpen) writer.startResponse(snapshot);
    isOpen = true;
  }

  function readEnd(part: JsonObject): void {
    tellUsage(asObject(part.tokens), writer);
    // By the prices of https://models.dev, which are in dollars: session/index.ts, getUsage.
    writer.cost(costOf(part.cost, "USD"));
    const reason = asString(part.reason);
    finish(writer, OUTCOMES.get(reason) ?? "incomplete", reason);
    isOpen = false;
    // A run that is cut between two steps has no answer yet, so the next step is expected from here.
    if (reason === CONTINUES) begin(null);
  }

  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      if (!isOwn(value)) return writer.tell({ type: "unrecognized", name: type });
      if (type === "error") {
        const error = asObject(value.error) ?? {};
        const message = asString(asObject(error.data)?.message) ?? asString(error.message);
        writer.error({ type: asString(error.name), code: null, message });
        isOpen = false;
        return;
      }
      const part = asObject(value.part) ?? {};
      if (type === "step_start" || !isOpen) begin(asString(part.messageID));
      if (type === "text") tellWhole("message", "text", part, writer);
      else if (type === "reasoning") tellWhole("reasoning", "reasoning", part, writer);
      else if (type === "tool_use") tellCall(part, writer);
      else if (type === "step_finish") readEnd(part);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

/** Reports a finished text: texts do not come in fragments here, and none is late. */
function tellWhole(type: string, kind: "text" | "reasoning", part: JsonObject, writer: FactWriter): void {
  const item = writer.nextItem();
  const snapshot = { id: asString(part.id), type, status: null };
  writer.startItem(item, snapshot);
  const text = asString(part.text) ?? "";
  if (text !== "") {
    writer.delta(kind, item, 0, text);
    writer.end(kind, item, 0, text);
  }
  writer.endItem(item, snapshot, []);
}

/** Reports a call with its result: `completed` with the output, or `error`. */
function tellCall(part: JsonObject, writer: FactWriter): void {
  const state = asObject(part.state) ?? {};
  const name = asString(part.tool);
  const callId = asString(part.callID);
  const ids = { ...(name !== null && { name }), ...(callId !== null && { callId }) };
  const snapshot = { id: asString(part.id), type: "tool_use", status: asString(state.status), ...ids };
  const item = writer.nextItem();
  writer.startItem(item, snapshot);
  const texts = [
    ["tool-input", state.input === undefined ? "" : jsonText(state.input)],
    ["tool-output", asString(state.output) ?? asString(state.error) ?? ""],
  ] as const;
  for (const [kind, text] of texts) {
    if (text === "") continue;
    writer.delta(kind, item, 0, text);
    writer.end(kind, item, 0, text);
  }
  writer.endItem(item, snapshot, []);
}

/** Input, cache and reasoning are separate counts: session/index.ts, getUsage. */
function tellUsage(tokens: JsonObject | null, writer: FactWriter): void {
  if (tokens === null) return;
  const cache = asObject(tokens.cache);
  const cachedInput = asIndex(cache?.read);
  const reasoning = asIndex(tokens.reasoning);
  const input = sumOf(asIndex(tokens.input), cachedInput, asIndex(cache?.write));
  const output = sumOf(asIndex(tokens.output), reasoning);
  const total = asIndex(tokens.total);
  const counts = { input, cachedInput, output, reasoning, total: total === sumOf(input, output) ? total : null };
  writer.usage(usageOf(counts, tokens));
}
