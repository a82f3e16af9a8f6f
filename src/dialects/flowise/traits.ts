// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "flowise",
  title: "Flowise: prediction of a flow",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
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
    structures: words("/data"),
    words: words("/event /type"),
    names: words("tool"),
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: words("chatId chatMessageId sessionId"), freeForm: words("toolInput args") },
  // packages/server/src/utils/SSEStreamer.ts writes "message:\ndata:…".
  wire: { ignoredLines: /^message:$/ },
} as const satisfies DialectTraits;
