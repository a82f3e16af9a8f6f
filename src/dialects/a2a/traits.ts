// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "a2a",
  title: "A2A: tasks of an agent",
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
  verdictOfStatus: {
    submitted: "truncated",
    working: "truncated",
    completed: "completed",
    "input-required": "completed",
    "auth-required": "incomplete",
    canceled: "incomplete",
    rejected: "refused",
    failed: "failed",
  },
  redaction: {
    structures: words("/result status artifact artifacts parts message task statusUpdate artifactUpdate history"),
    words: words("jsonrpc kind status.state role"),
    names: [],
    arguments: [],
    opaque: words("bytes"),
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: ["timestamp"], freeForm: ["metadata", "data"] },
} as const satisfies DialectTraits;
