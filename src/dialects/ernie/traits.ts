// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "ernie",
  title: "Baidu ERNIE, native API of Qianfan",
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
    structures: words("/usage /function_call"),
    words: words("/object /finish_reason"),
    names: words("function_call.name"),
    arguments: words("function_call.arguments"),
    opaque: [],
    ids: [],
    idPrefixes: words("as"),
  },
  diff: { noise: words("created"), freeForm: [] },
} as const satisfies DialectTraits;
