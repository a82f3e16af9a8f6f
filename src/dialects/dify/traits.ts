// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "dify",
  title: "Dify: chats, agents and workflows",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/(?:chat-messages|completion-messages|workflows\/run)$/,
    streamingPath: null,
    streamsByDefault: false,
    // https://docs.dify.ai/api-reference/chat/send-chat-message: `response_mode`
    asksForStream: ({ response_mode: mode }) => (typeof mode === "string" ? mode === "streaming" : null),
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/data /metadata metadata.usage"),
    words: words("/event data.node_type usage.currency"),
    names: words("tool"),
    arguments: [],
    opaque: words("audio"),
    ids: [],
    idPrefixes: [],
  },
  diff: {
    noise: words("created_at finished_at elapsed_time latency"),
    freeForm: words("inputs outputs process_data execution_metadata files"),
  },
  // https://docs.dify.ai/api-reference/chat/send-chat-message: "event: ping", each 10 s.
  wire: { bareEvents: ["ping"] },
} as const satisfies DialectTraits;
