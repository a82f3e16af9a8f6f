import * as fc from "fast-check";

/** Field names that dialects read: a wrong type under a known name breaks readers. */
const NAMES = [
  "type",
  "id",
  "name",
  "model",
  "text",
  "thinking",
  "content",
  "input",
  "usage",
  "stop_reason",
  "stop_details",
  "partial_json",
  "citation",
  "citations",
  "input_tokens",
  "output_tokens",
  "toolUse",
  "toolUseId",
  "reasoningContent",
  "delta",
  "start",
  "inputTokens",
  "contentBlockIndex",
  "stopReason",
  "__proto__",
];

const WORDS = [
  "",
  "text",
  "tool_use",
  "thinking",
  "web_search_tool_result",
  "text_delta",
  "input_json_delta",
  "end_turn",
];

/** Any JSON value, usually of the wrong type, often with words that readers know. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.oneof(fc.integer(), fc.double()),
    fc.constantFrom(...WORDS),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 5 }),
  ),
})).value;
