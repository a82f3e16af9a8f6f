// Events of several protocols, as fields before they are written.

/** Fields of an event's data, in written order. */
export type Fields = readonly (readonly [key: string, value: unknown])[];

/** The events of a protocol. */
export interface Protocol {
  readonly name: (kind: string) => string | null;
  /** Its events are lines. */
  readonly isLines?: true;
  readonly before: readonly Fields[];
  readonly delta: (text: string, number: number, padding: string, item: number) => Fields;
  readonly after: (number: number) => readonly Fields[];
}

const FIVE = [0, 1, 2, 3, 4];
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

/** Five items that all begin before the first delta: messages, and calls whose events have another name. */
export const responsesItems: Protocol = {
  ...responses,
  before: [
    ...responses.before.slice(0, 1),
    ...FIVE.flatMap((item): Fields[] => [
      [
        ["type", "response.output_item.added"],
        ["sequence_number", 1 + item * 2],
        ["output_index", item],
        [
          "item",
          item % 3 === 2 ? { ...ITEM, id: `fc_${item}`, type: "function_call" } : { ...ITEM, id: `msg_${item}` },
        ],
      ],
      [
        ["type", item % 3 === 2 ? "response.in_progress" : "response.content_part.added"],
        ["sequence_number", 2 + item * 2],
        ["item_id", `msg_${item}`],
        ["output_index", item],
        ["content_index", 0],
        ["part", { type: "output_text", text: "", annotations: [] }],
      ],
    ]),
  ],
  delta: (text, number, padding, item) => [
    ["type", item % 3 === 2 ? "response.function_call_arguments.delta" : "response.output_text.delta"],
    ["sequence_number", number],
    ["item_id", item % 3 === 2 ? `fc_${item}` : `msg_${item}`],
    ["output_index", item],
    ["content_index", 0],
    ["delta", text],
    ["obfuscation", padding],
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

/** Five calls that all begin before the first fragment of an input. */
export const chatCallsBegun: Protocol = {
  ...chatCalls,
  before: FIVE.map((index): Fields => {
    const call = { index, id: `call_${index}`, type: "function", function: { name: "find", arguments: "" } };
    return [
      ["id", "chatcmpl-1"],
      ["object", "chat.completion.chunk"],
      ["choices", [{ index: 0, delta: { tool_calls: [call] }, finish_reason: null }]],
    ];
  }),
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

export const chatReasoning: Protocol = {
  ...chat,
  delta: (text, _number, _padding, item) => [
    ["id", "chatcmpl-1"],
    ["object", "chat.completion.chunk"],
    ["choices", [{ index: item, delta: { reasoning_content: text }, finish_reason: null }]],
  ],
};

export const anthropicCalls: Protocol = {
  ...anthropic,
  before: [
    ...anthropic.before.slice(0, 1),
    [
      ["type", "content_block_start"],
      ["index", 0],
      ["content_block", { type: "tool_use", id: "toolu_1", name: "find", input: {} }],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["type", "content_block_delta"],
    ["index", item],
    ["delta", { type: "input_json_delta", partial_json: text }],
  ],
};

export const ollama: Protocol = {
  name: () => null,
  isLines: true,
  before: [],
  delta: (text, number, _padding, item) => [
    ["model", "llama"],
    ["created_at", `2026-01-01T00:00:00.${number}Z`],
    ["message", { role: "assistant", [item === 0 ? "content" : "thinking"]: text }],
    ["done", false],
  ],
  after: (number) => [
    [
      ["model", "llama"],
      ["created_at", `2026-01-01T00:00:00.${number}Z`],
      ["message", { role: "assistant", content: "" }],
      ["done", true],
      ["done_reason", "stop"],
    ],
  ],
};

export const chatLines: Protocol = { ...chat, isLines: true };

export const claudeCode: Protocol = {
  name: () => null,
  isLines: true,
  before: anthropic.before.map((event) => wrapped(event, 0)),
  delta: (text, number, padding, item) => wrapped(anthropic.delta(text, number, padding, item), number),
  after: () => [[["type", "result"]]],
};

function wrapped(event: Fields, number: number): Fields {
  return [
    ["type", "stream_event"],
    ["event", Object.fromEntries(event)],
    ["session_id", "s"],
    ["uuid", `u${number}`],
  ];
}

export const aiSdk: Protocol = {
  name: () => null,
  before: [
    [["type", "start"]],
    [
      ["type", "text-start"],
      ["id", "0"],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["type", "text-delta"],
    ["id", String(item)],
    ["delta", text],
  ],
  after: () => [[["type", "finish"]]],
};

export const cohere: Protocol = {
  name: (kind) => kind,
  before: [
    [
      ["type", "message-start"],
      ["id", "1"],
      ["delta", { message: { role: "assistant", content: [] } }],
    ],
    [
      ["type", "content-start"],
      ["index", 0],
      ["delta", { message: { content: { type: "text", text: "" } } }],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["type", "content-delta"],
    ["index", item],
    ["delta", { message: { content: { text } } }],
  ],
  after: () => [
    [
      ["type", "message-end"],
      ["delta", { finish_reason: "COMPLETE" }],
    ],
  ],
};

export const agUi: Protocol = {
  name: () => null,
  before: [
    [
      ["type", "RUN_STARTED"],
      ["threadId", "1"],
      ["runId", "1"],
    ],
    [
      ["type", "TEXT_MESSAGE_START"],
      ["messageId", "m0"],
      ["role", "assistant"],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["type", "TEXT_MESSAGE_CONTENT"],
    ["messageId", `m${item}`],
    ["delta", text],
  ],
  after: () => [
    [
      ["type", "RUN_FINISHED"],
      ["threadId", "1"],
      ["runId", "1"],
    ],
  ],
};

/** Five messages and calls that all begin before the first delta. */
export const agUiParts: Protocol = {
  ...agUi,
  before: [
    ...agUi.before.slice(0, 1),
    ...FIVE.map((item): Fields =>
      item % 2 === 0
        ? [
            ["type", "TEXT_MESSAGE_START"],
            ["messageId", `m${item}`],
            ["role", "assistant"],
          ]
        : [
            ["type", "TOOL_CALL_START"],
            ["toolCallId", `m${item}`],
            ["toolCallName", "find"],
          ],
    ),
  ],
  delta: (text, _number, _padding, item) => [
    ["type", item % 2 === 0 ? "TEXT_MESSAGE_CONTENT" : "TOOL_CALL_ARGS"],
    [item % 2 === 0 ? "messageId" : "toolCallId", `m${item}`],
    ["delta", text],
  ],
};

/** Of each message both deltas and chunks, which are not the same to a reader; without starts, no rule minds. */
export const agUiBoth: Protocol = {
  ...agUi,
  before: agUi.before.slice(0, 1),
  delta: (text, _number, _padding, item) => [
    ["type", item < 3 ? "TEXT_MESSAGE_CONTENT" : "TEXT_MESSAGE_CHUNK"],
    ["messageId", `m${item % 3}`],
    ["delta", text],
  ],
};

/** The chunks of AG-UI, each of which may begin or end a part. */
export const agUiChunks: Protocol = {
  ...agUi,
  delta: (text, _number, _padding, item) => [
    ["type", item === 0 ? "TEXT_MESSAGE_CHUNK" : "TOOL_CALL_CHUNK"],
    [item === 0 ? "messageId" : "toolCallId", `m${item}`],
    ["delta", text],
  ],
};

export const realtime: Protocol = {
  name: () => null,
  isLines: true,
  before: [
    [
      ["type", "response.created"],
      ["event_id", "event_1"],
      ["response", { id: "resp_1", object: "realtime.response", status: "in_progress", output: [] }],
    ],
    [
      ["type", "response.output_item.added"],
      ["event_id", "event_2"],
      ["response_id", "resp_1"],
      ["output_index", 0],
      ["item", ITEM],
    ],
  ],
  delta: (text, number, _padding, item) => [
    ["type", "response.output_text.delta"],
    ["event_id", `event_${number}x`],
    ["response_id", "resp_1"],
    ["item_id", `msg_${item + 1}`],
    ["output_index", item],
    ["content_index", 0],
    ["delta", text],
  ],
  after: () => [
    [
      ["type", "response.done"],
      ["event_id", "event_3"],
      ["response", { id: "resp_1", status: "completed", output: [] }],
    ],
  ],
};

export const assistants: Protocol = {
  name: (kind) => (kind === "message" ? "thread.message.delta" : kind),
  before: [
    [
      ["type", "thread.run.created"],
      ["id", "run_1"],
      ["object", "thread.run"],
      ["status", "queued"],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["id", `msg_${item}`],
    ["object", "thread.message.delta"],
    ["delta", { content: [{ index: 0, type: "text", text: { value: text } }] }],
  ],
  after: () => [
    [
      ["type", "thread.run.completed"],
      ["id", "run_1"],
      ["object", "thread.run"],
      ["status", "completed"],
    ],
  ],
};

export const coze: Protocol = {
  name: (kind) => (kind === "answer" ? "conversation.message.delta" : kind),
  before: [
    [
      ["type", "conversation.chat.created"],
      ["id", "chat-1"],
      ["conversation_id", "conv-1"],
      ["status", "created"],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["id", "msg-1"],
    ["chat_id", "chat-1"],
    ["role", "assistant"],
    ["type", "answer"],
    ["reasoning_content", item === 0 ? "" : text],
    ["content", item === 0 ? text : ""],
    ["content_type", "text"],
  ],
  after: () => [
    [
      ["type", "conversation.chat.completed"],
      ["id", "chat-1"],
      ["conversation_id", "conv-1"],
      ["status", "completed"],
    ],
  ],
};

export const interactions: Protocol = {
  name: () => "step.delta",
  before: [
    [
      ["event_type", "interaction.created"],
      ["interaction", { id: "v1_1", model: "gemini-3", object: "interaction", status: "in_progress" }],
    ],
    [
      ["event_type", "step.start"],
      ["index", 0],
      ["step", { type: "model_output" }],
    ],
  ],
  delta: (text, _number, _padding, item) => [
    ["index", item],
    ["delta", { type: "text", text }],
    ["event_type", "step.delta"],
  ],
  after: () => [
    [
      ["event_type", "step.stop"],
      ["index", 0],
    ],
    [
      ["event_type", "interaction.completed"],
      ["interaction", { id: "v1_1", status: "completed" }],
    ],
  ],
};
