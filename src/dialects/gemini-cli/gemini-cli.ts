// The output of `gemini -p --output-format stream-json` (Gemini CLI): a line for each event of the run. A run is a
// response; `result` ends it. https://geminicli.com/docs/cli/headless/, packages/core/src/output/types.ts and
// packages/cli/src/nonInteractiveCli.ts in https://github.com/google-gemini/gemini-cli
import type { Outcome } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const geminiCli = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Every line has its time as text, and keys for its type that no other dialect's events have with a time. */
function isOwn(value: JsonObject): boolean {
  if (asString(value.timestamp) === null) return false;
  switch (value.type) {
    case "init":
      return asString(value.session_id) !== null && asString(value.model) !== null;
    case "message":
      return (value.role === "user" || value.role === "assistant") && asString(value.content) !== null;
    case "tool_use":
      return asString(value.tool_name) !== null && asString(value.tool_id) !== null;
    case "tool_result":
      return asString(value.tool_id) !== null && asString(value.status) !== null;
    case "error":
      return asString(value.severity) !== null && asString(value.message) !== null;
    case "result":
      return asString(value.status) !== null && (asObject(value.stats) !== null || asObject(value.error) !== null);
    default:
      return false;
  }
}

/** Errors of `result` for a limit or a stop by the user: packages/core/src/utils/errors.ts. */
const INCOMPLETE: ReadonlySet<string | null> = new Set(["FatalTurnLimitedError", "FatalCancellationError"]);

const ANSWER = "answer";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  let isRunning = false;
  /** The last error of the run: the reason of a failure if `result` has none. */
  let lastError: string | null = null;

  function begin(id: string | null, model: string | null): void {
    if (isRunning) return;
    isRunning = true;
    lastError = null;
    writer.startResponse({ id, model, status: null, serviceTier: null });
  }

  function readText(text: string): void {
    const item = items.open(ANSWER, () => ({ id: null, type: "message", status: null }));
    if (text !== "") writer.delta("text", item, 0, text);
  }

  /** A call comes whole, and stays open until its result comes. */
  function readCall(id: string, name: string | null, input: unknown): void {
    items.end(ANSWER);
    const snapshot = { id, type: "tool_use", status: null, callId: id, ...(name !== null && { name }) };
    const item = items.open(id, () => snapshot);
    const text = input === undefined ? "" : jsonText(input);
    if (text !== "") writer.delta("tool-input", item, 0, text);
  }

  function readCallResult(id: string, value: JsonObject): void {
    const item = items.find(id);
    if (item === null) return;
    const output = asString(value.output) ?? asString(asObject(value.error)?.message) ?? "";
    if (output !== "") writer.delta("tool-output", item, 0, output);
    items.end(id, { status: asString(value.status) });
  }

  /** "Non-fatal warnings and system errors": the run continues, or `result` reports the failure. */
  function readNotice(message: string | null, severity: string | null): void {
    if (severity === "error") lastError = message;
    items.end(ANSWER);
    const detail = message === null ? {} : { detail: message };
    items.open("notice", () => ({ id: null, type: "error", status: severity, ...detail }));
    items.end("notice");
  }

  function readResult(value: JsonObject): void {
    items.endAll();
    const stats = asObject(value.stats);
    if (stats !== null) {
      const input = asIndex(stats.input_tokens);
      const output = asIndex(stats.output_tokens);
      const total = asIndex(stats.total_tokens);
      // If thoughts are only in the total, `output_tokens` is not the whole output.
      const isAll = total === null || total === sumOf(input, output);
      const counts = { input, cachedInput: asIndex(stats.cached), output: isAll ? output : null, total };
      writer.usage(usageOf(counts, stats));
    }
    const status = asString(value.status);
    const error = asObject(value.error);
    const type = asString(error?.type);
    const outcome: Outcome = status === "success" ? "completed" : INCOMPLETE.has(type) ? "incomplete" : "failed";
    if (outcome === "failed") writer.error({ type, code: null, message: asString(error?.message) ?? lastError });
    writer.endResponse(outcome, status, outcome === "incomplete" ? type : null);
    isRunning = false;
  }

  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      if (!isOwn(value)) return writer.tell({ type: "unrecognized", name: type });
      begin(asString(value.session_id), asString(value.model));
      const id = asString(value.tool_id) ?? "";
      if (type === "message" && value.role === "assistant") readText(asString(value.content) ?? "");
      else if (type === "tool_use") readCall(id, asString(value.tool_name), value.parameters);
      else if (type === "tool_result") readCallResult(id, value);
      else if (type === "error") readNotice(asString(value.message), asString(value.severity));
      else if (type === "result") readResult(value);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
