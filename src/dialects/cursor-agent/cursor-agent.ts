// The output of `cursor-agent -p --output-format stream-json` (Cursor's CLI): a line for each message of the run and
// for the start and end of each tool call. A run is a response; `result` ends it.
// https://cursor.com/docs/cli/reference/output-format
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { resultRules } from "../claude-code/rules/results.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { statedIfLost } from "../reader/stated-text.ts";
import { isOfCursor } from "./claims.ts";
import { readCall, readOutput } from "./calls.ts";
import { traits } from "./traits.ts";

export const cursorAgent = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOfCursor(payload.value),
  create: createReader,
  rules: [resultRules],
} as const satisfies Dialect;

const ANSWER = "answer";
const THINKING = "thinking";
/** Characters of a text that are compared with the text repeated at its end. */
const MOST_COMPARED = 2 ** 20;

function textOf({ message }: JsonObject): string {
  const texts = asObjects(asObject(message)?.content).map(({ text }) => asString(text) ?? "");
  return texts.join("");
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  let isRunning = false;
  /** Whether a text came in this run; whether a fragment came in this run, and since the last call. */
  let hasText = false;
  let hasPieces = false;
  let hasOpenPieces = false;
  let hasCalls = false;
  /** The fragments of this run, joined. */
  let pieces = "";

  function begin(id: string | null, model: string | null): void {
    if (isRunning) return;
    isRunning = true;
    hasText = false;
    hasPieces = false;
    hasOpenPieces = false;
    hasCalls = false;
    pieces = "";
    writer.startResponse({ id, model, status: null, serviceTier: null });
  }

  function append(key: string, type: string, kind: "text" | "reasoning", text: string): void {
    if (text === "") return;
    items.end(key === ANSWER ? THINKING : ANSWER);
    const item = items.open(key, () => ({ id: null, type, status: null }));
    writer.delta(kind, item, 0, text);
  }

  /** A line repeats the fragments since the last call, or all of them. */
  function endAnswer(value: JsonObject): void {
    const item = items.find(ANSWER);
    const stated = hasCalls || pieces.length >= MOST_COMPARED ? null : statedIfLost(pieces, textOf(value));
    if (item !== null && stated !== null) writer.end("text", item, 0, stated);
    items.end(ANSWER);
  }

  /**
   * With `--stream-partial-output`, fragments have a time and no id of a model call. Lines with both (before a tool
   * call) or neither (at the end) repeat the fragments:
   * https://forum.cursor.com/t/stream-partial-output-assistant-events-have-multiple-undocumented-forms-how-should-consumers-parse-them/156289
   */
  function readMessage(value: JsonObject): void {
    const isTimed = typeof value.timestamp_ms === "number";
    const isOfCall = asString(value.model_call_id) !== null;
    if ((isOfCall && hasOpenPieces) || (!isTimed && hasPieces)) {
      hasOpenPieces = false;
      endAnswer(value);
      return;
    }
    for (const { text } of asObjects(asObject(value.message)?.content)) {
      append(ANSWER, "message", "text", asString(text) ?? "");
      hasText = true;
    }
    if (isTimed && !isOfCall) {
      if (pieces.length < MOST_COMPARED) pieces += textOf(value);
      hasPieces = true;
      hasOpenPieces = true;
    } else items.end(ANSWER);
  }

  function readToolCall(value: JsonObject): void {
    const id = asString(value.call_id) ?? "";
    const { name, input, result } = readCall(asObject(value.tool_call) ?? {});
    items.end(ANSWER);
    items.end(THINKING);
    hasCalls = true;
    hasOpenPieces = false;
    const snapshot = { id, type: "tool_call", status: null, callId: id, ...(name !== null && { name }) };
    const isNew = items.find(id) === null;
    const item = items.open(id, () => snapshot);
    const text = input === undefined ? "" : (asString(input) ?? jsonText(input));
    if (isNew && text !== "") writer.delta("tool-input", item, 0, text);
    if (value.subtype !== "completed") return;
    const { status, output } = readOutput(result);
    if (output !== "") writer.delta("tool-output", item, 0, output);
    items.end(id, { status });
  }

  function readResult(value: JsonObject): void {
    items.endAll();
    const said = asString(value.result);
    const hasFailed = value.is_error === true || value.subtype !== "success";
    if (hasFailed) writer.error({ type: null, code: null, message: said });
    else if (!hasText) append(ANSWER, "message", "text", said ?? "");
    items.endAll();
    writer.endResponse(hasFailed ? "failed" : "completed", asString(value.subtype), null);
    isRunning = false;
  }

  return {
    read: readObjects(writer, (value) => {
      const type = asString(value.type);
      const session = asString(value.session_id);
      if (type === "system") {
        if (value.subtype === "init") begin(session, asString(value.model));
      } else if (type === "assistant") {
        begin(session, null);
        readMessage(value);
      } else if (type === "thinking") {
        begin(session, null);
        if (value.subtype === "delta") append(THINKING, "reasoning", "reasoning", asString(value.text) ?? "");
        else items.end(THINKING);
      } else if (type === "tool_call") {
        begin(session, null);
        readToolCall(value);
      } else if (type === "result") {
        begin(session, null);
        readResult(value);
      } else if (type !== "user") writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
