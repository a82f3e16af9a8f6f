// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { others } from "./other-requests.ts";
import { errorBody } from "./error-body.ts";

export const traits = {
  name: "anthropic",
  title: "Anthropic Messages API and compatible APIs",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "extra" },
  namesEvents: true,
  startEvents: ["message_start"],
  toolCalls: { items: /tool_use$/i, hostedItems: null, jsonItems: /tool_use$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/messages$|\/models\/(?<model>[^/:]+):(?:streamRawPredict|rawPredict)$/,
    streamingPath: /:streamRawPredict$/,
    streamsByDefault: false,
    others,
  },
  wholeResponse: {
    api: "Anthropic Messages API",
    request: "`stream: true`",
    matches: ({ type, role }) => type === "message" && role === "assistant",
    statusOf: (document) => document.stop_reason,
    usage: "usage",
    counts: ["input_tokens", "output_tokens", "total_tokens"],
  },
  errorBody,
  verdictOfStatus: {},
  redaction: {
    structures: words(`
      message content content_block delta citation citations source stop_details caller tool_references from to
      iterations
    `),
    words: words("stop_reason service_tier stop_details.category media_type"),
    names: words("content_block.name tool_name"),
    arguments: words("partial_json"),
    opaque: words("data"),
    ids: words("server_name"),
    idPrefixes: words("msg toolu srvtoolu mcptoolu msgbatch container file req"),
  },
  diff: { noise: [], freeForm: ["input"] },
} as const satisfies DialectTraits;
