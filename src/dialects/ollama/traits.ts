// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export const traits = {
  name: "ollama",
  title: "Ollama chat and generate",
  isKnown: true,
  usage: "always",
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: null, statedArguments: null },
  partMarks: null,
  choicesOf: null,
  wholeResponse: null,
  verdictOfStatus: {},
  redaction: {
    structures: { message: null, tool_calls: null, function: null },
    words: { done_reason: null, created_at: null },
    names: { name: ["function"], tool_name: null },
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: ["call"],
  },
  diff: { noise: ["logprobs"], freeForm: ["arguments"] },
} as const satisfies DialectTraits;
