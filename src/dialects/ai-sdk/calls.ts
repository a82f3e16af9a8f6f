// Tool calls in a UI message stream: their input, streamed or whole, their approval and their result.
// https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#tool-input-start-part
import { jsonText } from "../../model/json-text.ts";
import { asString, type JsonObject } from "../../model/payload.ts";
import { functionCall } from "../reader/function-call.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import type { StreamedItems } from "../reader/streamed-items.ts";

interface Stream {
  readonly writer: FactWriter;
  readonly items: StreamedItems;
  /** The ids of calls by the ids under which they wait for approval. */
  readonly approvals: Map<string | null, string | null>;
}

/** Reports the facts of each chunk type. */
export const callTellers: readonly [type: string, tell: (value: JsonObject, stream: Stream) => void][] = [
  ["tool-input-start", (value, { items }) => void openCall(value, items)],
  [
    "tool-input-delta",
    (value, { items }) => items.append(openCall(value, items), asString(value.inputTextDelta) ?? ""),
  ],
  ["tool-input-available", (value, stream) => tellInput(value, stream, "input-available")],
  ["tool-input-error", (value, stream) => tellInput(value, stream, "input-error")],
  ["tool-approval-request", tellRequest],
  ["tool-approval-response", tellResponse],
  ["tool-output-available", tellOutput],
  ["tool-output-error", (value, stream) => endCall(value, stream, "output-error", asString(value.errorText))],
  ["tool-output-denied", (value, stream) => endCall(value, stream, "output-denied", null)],
];

/** The key of a call, which starts if it is new: outputs may belong to calls in an earlier message. */
function openCall(value: JsonObject, items: StreamedItems): string {
  const callId = asString(value.toolCallId);
  const key = `call/${callId}`;
  items.open(key, "tool-input", () => functionCall(asString(value.toolName), callId));
  return key;
}

/** The whole input, as a value: it ends the deltas, or comes alone. */
function tellInput(value: JsonObject, stream: Stream, status: string): void {
  const { writer, items } = stream;
  const key = openCall(value, items);
  const item = items.find(key);
  if (!items.hasText(key) && value.input !== undefined) items.append(key, asText(value.input));
  items.endText(key);
  if (item !== null) writer.tell({ type: "item-update", response: writer.response(), item, status });
}

function tellStep(value: JsonObject, { writer, items }: Stream, status: string): void {
  const item = items.find(openCall(value, items));
  if (item !== null) writer.tell({ type: "item-update", response: writer.response(), item, status });
}

function tellRequest(value: JsonObject, stream: Stream): void {
  stream.approvals.set(asString(value.approvalId), asString(value.toolCallId));
  tellStep(value, stream, "approval-requested");
}

/** It names only the request, which may be in an earlier message. */
function tellResponse({ approvalId, approved }: JsonObject, stream: Stream): void {
  const { items, approvals } = stream;
  const id = asString(approvalId);
  const toolCallId = approvals.get(id);
  if (toolCallId !== undefined) return tellStep({ toolCallId }, stream, "approval-responded");
  const key = `approval/${id}`;
  const detail = approved === true ? "approved" : "denied";
  items.open(key, "text", () => ({ id, type: "tool-approval-response", status: null, detail }));
  items.end(key);
}

function tellOutput(value: JsonObject, stream: Stream): void {
  // Preliminary outputs: the last one is the output.
  if (value.preliminary === true) tellStep(value, stream, "output-preliminary");
  else endCall(value, stream, "output-available", value.output === undefined ? null : asText(value.output));
}

function endCall(value: JsonObject, { items }: Stream, status: string, output: string | null): void {
  const key = openCall(value, items);
  items.end(key, { status }, output === null ? [] : [{ kind: "tool-output", part: 0, text: output }]);
}

/** Text as it is, any other value as JSON. */
function asText(value: unknown): string {
  return asString(value) ?? jsonText(value);
}
