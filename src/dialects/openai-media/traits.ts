// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "openai-media",
  title: "OpenAI: transcriptions, speech and images",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  // https://platform.openai.com/docs/api-reference/audio, https://platform.openai.com/docs/api-reference/images
  requests: {
    path: /\/(?:audio\/(?:transcriptions|translations|speech)|images\/(?:generations|edits))$/,
    streamingPath: null,
    streamsByDefault: false,
    asksForStream: ({ stream_format: format }) => (format === undefined ? null : format === "sse"),
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/usage usage.input_tokens_details usage.input_token_details usage.output_tokens_details"),
    words: words("usage.type /size /quality /background /output_format"),
    names: [],
    arguments: [],
    opaque: words("audio b64_json"),
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: words("created_at"), freeForm: words("logprobs") },
} as const satisfies DialectTraits;
