// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "ai-sdk-data",
  title: "AI SDK data stream (version 4)",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/usage"),
    words: words("finishReason mimeType"),
    names: words("toolName"),
    arguments: words("argsTextDelta"),
    opaque: words("signature"),
    ids: words("toolCallId messageId"),
    idPrefixes: words("msg call"),
  },
  diff: { noise: [], freeForm: words("args result metadata") },
} as const satisfies DialectTraits;
