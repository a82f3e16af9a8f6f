// What the rest of the program needs to know about the protocol.
import { type DialectTraits, marksOf, type PartMark, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "ai-sdk",
  title: "AI SDK UI message stream",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "required" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: {
    byType: new Map<unknown, PartMark>([
      ...marksOf("text", "id", "text"),
      ...marksOf("reasoning", "id", "reasoning"),
      ...marksOf("tool input", "toolCallId", "tool-input"),
      ["tool-input-available", { role: "whole", name: "tool input", key: "toolCallId" }],
      ["tool-input-error", { role: "whole", name: "tool input", key: "toolCallId" }],
    ]),
    // After them the AI SDK's client accepts no more deltas for earlier texts and reasoning.
    closingTypes: new Set(["finish-step", "reset-step"]),
  },
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/messageMetadata"),
    words: words("finishReason /reason mediaType"),
    names: words("toolName"),
    arguments: words("inputTextDelta"),
    opaque: [],
    ids: [],
    idPrefixes: words("msg aimsg txt text reasoning tool call event item data source"),
  },
  diff: { noise: [], freeForm: ["metadata", "input"] },
} as const satisfies DialectTraits;
