// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { others } from "./other-requests.ts";
import { asObjects } from "../../model/payload.ts";
import { readChoice } from "./choice-progress.ts";

export const traits = {
  name: "openai-chat",
  title: "OpenAI Chat Completions and compatible APIs, legacy completions",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "required" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: (payload) => asObjects(payload.choices).map(readChoice),
  requests: {
    path: /\/(?:deployments\/(?<model>[^/]+)\/)?(?:chat\/)?completions$/,
    streamingPath: null,
    streamsByDefault: false,
    toolResult: /"role"\s*:\s*"function"/,
    others,
  },
  wholeResponse: {
    api: "OpenAI Chat Completions API",
    request: "`stream: true`",
    matches: ({ object }) => object === "chat.completion",
    statusOf: ({ choices }) => asObjects(choices)[0]?.finish_reason,
    usage: "usage",
    counts: ["prompt_tokens", "completion_tokens", "total_tokens"],
  },
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(`
      choices delta message content tool_calls function function_call custom images audio reasoning_details
      annotations x_groq
    `),
    words: words("service_tier finish_reason native_finish_reason"),
    names: words("delta.name function.name function_call.name custom.name"),
    arguments: words("arguments input"),
    opaque: words("obfuscation p data"),
    ids: words("system_fingerprint"),
    idPrefixes: words("chatcmpl cmpl gen call fp req"),
  },
  diff: { noise: ["obfuscation", "logprobs", "p", "padding"], freeForm: ["metadata"] },
} as const satisfies DialectTraits;
