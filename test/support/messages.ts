// Small streams of Anthropic's Messages API: payloads from builders, wrapped by `stream`.
//
//   stream(messageStart(), ...textBlock(0, "hey"), messageDelta("end_turn"), messageStop)
import { event, type Payload } from "./stream.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The payloads as server-sent events with event types. */
export function stream(...payloads: readonly Payload[]): string {
  return payloads.map(event).join("");
}

/** A complete, valid stream with one message that consists of `texts`, one delta each. */
export function answer(...texts: readonly string[]): string {
  return stream(messageStart(), ...textBlock(0, ...texts), messageDelta("end_turn"), messageStop);
}

export function messageStart(message: Fields = {}): Payload {
  const usage = { input_tokens: 5, output_tokens: 1 };
  const fields = { id: "msg_1", type: "message", role: "assistant", model: "model-1", content: [], usage, ...message };
  return { type: "message_start", message: fields };
}

export function blockStart(index: number, block: Fields): Payload {
  return { type: "content_block_start", index, content_block: block };
}

export function blockDelta(index: number, type: string, fields: Fields = {}): Payload {
  return { type: "content_block_delta", index, delta: { type, ...fields } };
}

export function blockStop(index: number): Payload {
  return { type: "content_block_stop", index };
}

export function textBlock(index: number, ...texts: readonly string[]): Payload[] {
  const deltas = texts.map((text) => blockDelta(index, "text_delta", { text }));
  return [blockStart(index, { type: "text", text: "" }), ...deltas, blockStop(index)];
}

export function toolBlock(index: number, name: string, ...fragments: readonly string[]): Payload[] {
  const block = { type: "tool_use", id: `toolu_${name}`, name, input: {} };
  const deltas = fragments.map((json) => blockDelta(index, "input_json_delta", { partial_json: json }));
  return [blockStart(index, block), ...deltas, blockStop(index)];
}

export function messageDelta(stopReason: string | null, usage: Fields = { output_tokens: 3 }): Payload {
  return { type: "message_delta", delta: { stop_reason: stopReason, stop_sequence: null }, usage };
}

export const messageStop: Payload = { type: "message_stop" };
export const ping: Payload = { type: "ping" };

export function errorEvent(type: string, message: string): Payload {
  return { type: "error", error: { type, message } };
}
