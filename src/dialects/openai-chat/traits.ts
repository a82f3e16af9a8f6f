// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";
import { asObjects } from "../../model/payload.ts";
import { readChoice } from "./choice-progress.ts";

export const traits = {
  name: "openai-chat",
  title: "OpenAI Chat Completions and its kin, legacy completions too",
  isKnown: true,
  usage: "on-request",
  ending: { terminalIsLast: false, doneSentinel: "required" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: /^function_call$/, statedArguments: null },
  partMarks: null,
  choicesOf: (payload) => asObjects(payload.choices).map(readChoice),
  wholeResponse: {
    api: "OpenAI Chat Completions API",
    request: "`stream: true`",
    matches: ({ object }) => object === "chat.completion",
    statusOf: ({ choices }) => asObjects(choices)[0]?.finish_reason,
    usage: "usage",
    counts: ["prompt_tokens", "completion_tokens", "total_tokens"],
  },
  verdictOfStatus: {},
  redaction: {
    structures: {
      choices: null,
      delta: null,
      message: null,
      content: null,
      tool_calls: null,
      function: null,
      function_call: null,
      custom: null,
      images: null,
      audio: null,
      reasoning_details: null,
      annotations: null,
      x_groq: null,
    },
    words: { service_tier: null, finish_reason: null, native_finish_reason: null },
    names: { name: ["delta", "function", "function_call", "custom"] },
    arguments: ["arguments", "input"],
    opaque: ["obfuscation", "p", "data"],
    ids: ["system_fingerprint"],
    idPrefixes: ["chatcmpl", "cmpl", "gen", "call", "fp", "req"],
  },
  diff: { noise: ["obfuscation", "logprobs", "p", "padding"], freeForm: ["metadata"] },
} as const satisfies DialectTraits;
