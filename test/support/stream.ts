// Small streams of OpenAI's Responses API: payloads from builders, wrapped and numbered by `stream`.
//
//   stream(created(), itemAdded(0, message), textDelta("hey"), completed())

/** An event's payload, before it has its sequence number. */
export interface Payload {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The payloads as server-sent events with event types, numbered from 0. */
export function stream(...payloads: readonly Payload[]): string {
  return streamFrom(0, ...payloads);
}

/** The same, numbered from `first`: a stream whose beginning is lost. */
export function streamFrom(first: number, ...payloads: readonly Payload[]): string {
  return payloads
    .map(({ type, ...fields }, index) => event({ type, sequence_number: first + index, ...fields }))
    .join("");
}

/** One event with its event type and payload as given, including a `sequence_number` if there is one. */
export function event(payload: Payload): string {
  return `event: ${payload.type}\ndata: ${JSON.stringify(payload)}\n\n`;
}

/** One event with only data, as in streams of unknown dialects. */
export function data(text: string): string {
  return `${text
    .split("\n")
    .map((line) => `data: ${line}\n`)
    .join("")}\n`;
}

/** A complete, valid stream with one message that consists of `texts`, one delta each. */
export function answer(...texts: readonly string[]): string {
  const text = texts.join("");
  const said = saying(text);
  return stream(
    created(),
    itemAdded(0, message),
    ofMessage(partAdded()),
    ...texts.map((text) => ofMessage(textDelta(text))),
    ofMessage(textDone(text)),
    ofMessage(partDone(text)),
    itemDone(0, said),
    completed({ output: [said] }),
  );
}

/** Adds the id of the message to an event. */
export function ofMessage(payload: Payload): Payload {
  return { ...payload, item_id: message.id };
}

type Fields = Readonly<Record<string, unknown>>;

// Responses

export function created(response: Fields = {}): Payload {
  return ofResponse("response.created", { id: "resp_1", model: "model-1", status: "in_progress", ...response });
}

export function inProgress(response: Fields = {}): Payload {
  return ofResponse("response.in_progress", { id: "resp_1", status: "in_progress", ...response });
}

export function completed(response: Fields = {}): Payload {
  return ofResponse("response.completed", { id: "resp_1", status: "completed", output: [], usage, ...response });
}

export function incomplete(reason: string): Payload {
  const details = { incomplete_details: { reason } };
  return ofResponse("response.incomplete", { id: "resp_1", status: "incomplete", output: [], usage, ...details });
}

export function failed(error: Fields): Payload {
  return ofResponse("response.failed", { id: "resp_1", status: "failed", error });
}

export function errorEvent(code: string, message: string): Payload {
  return { type: "error", code, message, param: null };
}

/** The default usage of a response. */
export const usage = {
  input_tokens: 5,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 3,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 8,
} as const;

function ofResponse(type: string, response: Fields): Payload {
  return { type, response };
}

// Items

export const message = { id: "msg_1", type: "message", role: "assistant" } as const;

/** The message when it is done. */
export function saying(text: string): Fields {
  return { ...message, status: "completed", content: [textPart(text)] };
}

export function functionCall(name: string): Fields {
  return { id: `call_${name}`, type: "function_call", name, call_id: `call_${name}` };
}

export function itemAdded(index: number, item: Fields): Payload {
  return { type: "response.output_item.added", output_index: index, item: { status: "in_progress", ...item } };
}

export function itemDone(index: number, item: Fields): Payload {
  return { type: "response.output_item.done", output_index: index, item: { status: "completed", ...item } };
}

// Parts of items, and their texts

export function partAdded(item = 0, part = 0): Payload {
  return { type: "response.content_part.added", output_index: item, content_index: part, part: textPart("") };
}

export function partDone(text: string, item = 0, part = 0): Payload {
  return { type: "response.content_part.done", output_index: item, content_index: part, part: textPart(text) };
}

export function textPart(text: string): Fields {
  return { type: "output_text", annotations: [], text };
}

export function textDelta(delta: string, item = 0, part = 0): Payload {
  return { type: "response.output_text.delta", output_index: item, content_index: part, delta };
}

export function textDone(text: string, item = 0, part = 0): Payload {
  return { type: "response.output_text.done", output_index: item, content_index: part, text };
}

export function refusalDelta(delta: string, item = 0): Payload {
  return { type: "response.refusal.delta", output_index: item, content_index: 0, delta };
}

export function reasoningDelta(delta: string, item = 0, part = 0): Payload {
  return { type: "response.reasoning_summary_text.delta", output_index: item, summary_index: part, delta };
}

export function argumentsDelta(delta: string, item = 0): Payload {
  return { type: "response.function_call_arguments.delta", output_index: item, delta };
}

export function argumentsDone(text: string, item = 0): Payload {
  return { type: "response.function_call_arguments.done", output_index: item, arguments: text };
}
