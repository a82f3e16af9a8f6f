// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "coze",
  title: "Coze: chats and workflows",
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
    structures: words("/usage /last_error /interrupt_data"),
    words: words("/role /type /content_type /status"),
    names: [],
    arguments: [],
    opaque: [],
    ids: words("bot_id section_id"),
    idPrefixes: [],
  },
  diff: { noise: words("created_at completed_at failed_at updated_at logid debug_url"), freeForm: words("meta_data") },
} as const satisfies DialectTraits;
