// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { verdictOfRunStatus } from "../reader/run-statuses.ts";

export const traits = {
  name: "gemini-interactions",
  title: "Google Gemini, Interactions API",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["cancelled", "requires_action"] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: {
    items: /call$/i,
    hostedItems: null,
    jsonItems: /^(?:function|mcp_server_tool)_call$/,
    statedArguments: null,
  },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/interactions$/,
    streamingPath: null,
    streamsByDefault: false,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: verdictOfRunStatus,
  redaction: {
    structures: words("interaction step steps delta content outputs"),
    words: words("event_type agent mime_type service_tier"),
    names: words("step.name content.name delta.name"),
    arguments: words("arguments"),
    opaque: words("data"),
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["arguments"] },
} as const satisfies DialectTraits;
