// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "anthropic-completions",
  title: "Anthropic Text Completions API, legacy",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/v1\/complete$/,
    streamingPath: null,
    streamsByDefault: false,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: [],
    words: words("/type /stop_reason /model"),
    names: [],
    arguments: [],
    opaque: [],
    ids: words("log_id"),
    idPrefixes: words("compl"),
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
