// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "opencode",
  title: "opencode: opencode run --format json",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["error"] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  // The next step begins with the end of the one before, and again with its own line.
  startEvents: [],
  toolCalls: { items: /^tool_use$/, hostedItems: null, jsonItems: /^tool_use$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/part part.state part.time part.tokens tokens.cache /error error.data"),
    words: words("part.type part.reason state.status error.name"),
    names: words("part.tool"),
    arguments: [],
    opaque: [],
    ids: words("sessionID messageID callID"),
    idPrefixes: words("ses_ msg_ prt_ call_ toolu_"),
  },
  diff: { noise: words("timestamp sessionID messageID snapshot start end"), freeForm: words("input metadata") },
} as const satisfies DialectTraits;
