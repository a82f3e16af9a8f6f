// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "codex",
  title: "OpenAI Codex: codex exec --json",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: {
    items: /(?:tool_call|command_execution|file_change|web_search|request_user_input)$/,
    hostedItems: null,
    jsonItems: null,
    statedArguments: null,
  },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/item /usage item.changes item.items"),
    words: words("item.type item.status changes.kind"),
    names: words("item.tool item.server"),
    arguments: [],
    opaque: [],
    ids: words("thread_id"),
    idPrefixes: words("item"),
  },
  diff: { noise: words("thread_id"), freeForm: words("arguments result") },
} as const satisfies DialectTraits;
