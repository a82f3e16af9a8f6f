// What the events of a few protocols hold, before they are written.

/** Fields of an event's data, in the order in which they are written. */
export type Fields = readonly (readonly [key: string, value: unknown])[];

/** What a protocol's events look like. */
export interface Protocol {
  readonly name: (kind: string) => string | null;
  readonly before: readonly Fields[];
  readonly delta: (text: string, number: number, padding: string, item: number) => Fields;
  readonly after: (number: number) => readonly Fields[];
}

const ITEM = { id: "msg_1", type: "message", status: "in_progress", content: [] };

export const responses: Protocol = {
  name: (kind) => kind,
  before: [
    [
      ["type", "response.created"],
      ["sequence_number", 0],
      ["response", { id: "resp_1", status: "in_progress" }],
    ],
    [
      ["type", "response.output_item.added"],
      ["sequence_number", 1],
      ["output_index", 0],
      ["item", ITEM],
    ],
    [
      ["type", "response.content_part.added"],
      ["sequence_number", 2],
      ["item_id", "msg_1"],
      ["output_index", 0],
      ["content_index", 0],
      ["part", { type: "output_text", text: "", annotations: [] }],
    ],
  ],
  delta: (text, number, padding, item) => [
    ["type", "response.output_text.delta"],
    ["sequence_number", number],
    ["item_id", item === 0 ? "msg_1" : `msg_${item}`],
    ["output_index", 0],
    ["content_index", item],
    ["delta", text],
    ["logprobs", []],
    ["obfuscation", padding],
  ],
  after: (number) => [
    [
      ["type", "response.completed"],
      ["sequence_number", number],
      ["response", { id: "resp_1", status: "completed", output: [ITEM], usage: { input_tokens: 1, output_tokens: 2 } }],
    ],
  ],
};

export const chat: Protocol = {
  name: () => null,
  before: [],
  delta: (text, _number, padding, item) => [
    ["id", "chatcmpl-1"],
    ["object", "chat.completion.chunk"],
    ["choices", [{ index: item, delta: { content: text }, logprobs: null, finish_reason: null }]],
    ["obfuscation", padding],
  ],
  after: () => [
    [
      ["id", "chatcmpl-1"],
      ["object", "chat.completion.chunk"],
      ["choices", [{ index: 0, delta: {}, finish_reason: "stop" }]],
    ],
  ],
};

export const chatCalls: Protocol = {
  ...chat,
  delta: (text, _number, _padding, item) => [
    ["id", "chatcmpl-1"],
    ["object", "chat.completion.chunk"],
    ["choices", [{ index: 0, delta: { tool_calls: [{ index: item, function: { arguments: text } }] } }]],
  ],
};

export const anthropic: Protocol = {
  name: (kind) => kind,
  before: [
    [
      ["type", "message_start"],
      ["message", { id: "msg_1", role: "assistant", content: [], usage: { input_tokens: 1, output_tokens: 1 } }],
    ],
    [
      ["type", "content_block_start"],
      ["index", 0],
      ["content_block", { type: "text", text: "" }],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["type", "content_block_delta"],
    ["index", item],
    ["delta", { type: "text_delta", text }],
  ],
  after: () => [[["type", "message_stop"]]],
};
