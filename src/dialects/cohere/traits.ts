// What the rest of the program needs to know about the protocol.
import { type DialectTraits, marksOf, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "cohere",
  title: "Cohere Chat API (v2)",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: {
    byType: new Map([...marksOf("content", "index", "content"), ...marksOf("tool call", "index", "tool-call")]),
    closingTypes: new Set(),
  },
  choicesOf: null,
  requests: {
    path: /\/v2\/chat$/,
    streamingPath: null,
    streamsByDefault: false,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("delta message content tool_calls function citations sources"),
    words: words("finish_reason"),
    names: words("function.name"),
    arguments: words("arguments"),
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: ["logprobs"], freeForm: ["parameters"] },
} as const satisfies DialectTraits;
