// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { others } from "./other-requests.ts";

export const traits = {
  name: "ollama",
  title: "Ollama chat and generate",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["load", "unload"] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/api\/(?:chat|generate)$/,
    streamingPath: null,
    streamsByDefault: true,
    framing: "ndjson",
    toolResult: /"role"\s*:\s*"tool"/,
    others,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("message tool_calls function"),
    words: words("done_reason created_at"),
    names: words("function.name tool_name"),
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: words("call"),
  },
  diff: { noise: ["logprobs"], freeForm: ["arguments"] },
} as const satisfies DialectTraits;
