// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "gemini-cli",
  title: "Gemini CLI: gemini -p --output-format stream-json",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["error"] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: ["init"],
  toolCalls: { items: /^tool_use$/, hostedItems: null, jsonItems: /^tool_use$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/stats /error"),
    words: words("/role /status /severity error.type"),
    names: words("tool_name"),
    arguments: [],
    opaque: [],
    ids: words("session_id tool_id"),
    idPrefixes: [],
  },
  // Every line has its time.
  diff: { noise: words("timestamp session_id duration_ms"), freeForm: words("parameters") },
} as const satisfies DialectTraits;
