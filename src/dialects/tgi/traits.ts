// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "tgi",
  title: "Text Generation Inference, generate_stream",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/generate_stream$/,
    streamingPath: /\/generate_stream$/,
    streamsByDefault: true,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/details"),
    words: words("finish_reason /error_type"),
    names: [],
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
