// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "cursor-agent",
  title: "Cursor's CLI: cursor-agent -p --output-format stream-json",
  isKnown: true,
  // The documentation mentions no token counts.
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /^tool_call$/, hostedItems: null, jsonItems: /^tool_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/message message.content /tool_call tool_call.function"),
    words: words("/subtype /permissionMode /apiKeySource message.role content.type"),
    names: words("function.name"),
    arguments: [],
    opaque: [],
    ids: words("session_id call_id model_call_id request_id"),
    idPrefixes: [],
  },
  diff: {
    noise: words("session_id call_id request_id timestamp_ms duration_ms duration_api_ms"),
    freeForm: words("args result"),
  },
} as const satisfies DialectTraits;
