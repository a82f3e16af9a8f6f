// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "dashscope",
  title: "Alibaba DashScope, native API of Qwen",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/services\/aigc\/[\w-]+\/generation$/,
    streamingPath: null,
    streamsByDefault: false,
    streamingHeader: "x-dashscope-sse",
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/output /usage output.choices choices.message message.tool_calls tool_calls.function"),
    words: words("output.finish_reason choices.finish_reason message.role tool_calls.type"),
    names: words("function.name"),
    arguments: words("function.arguments"),
    opaque: [],
    ids: words("request_id"),
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
