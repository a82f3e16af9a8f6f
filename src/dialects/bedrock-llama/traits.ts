// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "bedrock-llama",
  title: "Meta Llama models on Bedrock, InvokeModel",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: [],
    words: words("stop_reason"),
    names: [],
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
