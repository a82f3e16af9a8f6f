// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "generic",
  title: "anything else: data as it comes",
  isKnown: false,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /(?:call|tool_use)$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: [],
    words: words("error_code __type"),
    names: [],
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: ["padding"], freeForm: [] },
} as const satisfies DialectTraits;
