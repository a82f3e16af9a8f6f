// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "bedrock-mistral",
  title: "Mistral models and DeepSeek-R1 on Bedrock, InvokeModel",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /^tool_call$/, hostedItems: null, jsonItems: /^tool_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("outputs choices message tool_calls function"),
    words: words("stop_reason role /object type"),
    names: words("function.name"),
    arguments: words("arguments"),
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
