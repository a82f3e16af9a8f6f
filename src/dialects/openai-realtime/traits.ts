// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { verdictOfRunStatus } from "../reader/run-statuses.ts";

export const traits = {
  name: "openai-realtime",
  title: "OpenAI Realtime API, the server's events",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["cancelled"] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: ["response.created"],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: verdictOfRunStatus,
  redaction: {
    structures: words(`
      /response /session /item response.output response.status_details item.content output.content /part
    `),
    words: words("object status_details.reason output_modalities"),
    names: words("item.name output.name"),
    arguments: words("arguments"),
    opaque: words("audio"),
    ids: [],
    idPrefixes: words("event sess resp item call conv"),
  },
  diff: { noise: ["event_id"], freeForm: ["metadata", "parameters"] },
} as const satisfies DialectTraits;
