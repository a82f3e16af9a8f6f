// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export const traits = {
  name: "bedrock",
  title: "Amazon Bedrock ConverseStream, decoded",
  isKnown: true,
  usage: "always",
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /tool_use$/i, jsonItems: /tool_use$/, statedArguments: null },
  partMarks: null,
  choicesOf: null,
  wholeResponse: null,
  verdictOfStatus: {},
  redaction: {
    structures: {
      messageStart: null,
      contentBlockStart: null,
      contentBlockDelta: null,
      contentBlockStop: null,
      messageStop: null,
      delta: null,
      start: null,
      toolUse: null,
      toolResult: null,
      reasoningContent: null,
    },
    words: { stopReason: null, serviceTier: null },
    names: { name: ["toolUse"] },
    arguments: ["input"],
    opaque: ["p", "redactedContent"],
    ids: [],
    idPrefixes: ["tooluse"],
  },
  diff: { noise: ["p"], freeForm: ["input"] },
} as const satisfies DialectTraits;
