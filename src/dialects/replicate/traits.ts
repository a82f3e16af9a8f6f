// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "replicate",
  title: "Replicate, stream of a prediction",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
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
    words: words("/reason"),
    names: [],
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
