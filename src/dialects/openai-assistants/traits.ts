// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { verdictOfRunStatus } from "../reader/run-statuses.ts";

export const traits = {
  name: "openai-assistants",
  title: "OpenAI Assistants API",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["cancelled", "expired", "requires_action"] },
  ending: { terminalIsLast: false, doneSentinel: "required" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/threads(?:\/[^/]+)?\/runs(?:\/[^/]+\/submit_tool_outputs)?$/,
    streamingPath: null,
    streamsByDefault: false,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: verdictOfRunStatus,
  redaction: {
    structures: words(`
      delta content content.text tool_calls function step_details required_action submit_tool_outputs
      incomplete_details annotations outputs
    `),
    words: words("incomplete_details.reason"),
    names: words("function.name"),
    arguments: words("arguments input"),
    opaque: [],
    ids: [],
    idPrefixes: words("run step thread asst msg call batch file vs"),
  },
  diff: { noise: [], freeForm: ["metadata"] },
} as const satisfies DialectTraits;
