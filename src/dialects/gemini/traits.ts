// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";
import { asObject, asObjects } from "../../model/payload.ts";
import { readCandidates } from "./candidates.ts";

export const traits = {
  name: "gemini",
  title: "Google Gemini, generateContent",
  isKnown: true,
  usage: "always",
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: /^function_call$/, statedArguments: null },
  partMarks: null,
  choicesOf: readCandidates,
  wholeResponse: {
    api: "Gemini API",
    request: "`streamGenerateContent?alt=sse`",
    matches: ({ candidates, promptFeedback, usageMetadata }) =>
      Array.isArray(candidates) || (asObject(promptFeedback) !== null && asObject(usageMetadata) !== null),
    statusOf: ({ candidates, promptFeedback }) =>
      asObjects(candidates)[0]?.finishReason ?? asObject(promptFeedback)?.blockReason,
    usage: "usageMetadata",
    counts: ["promptTokenCount", "candidatesTokenCount", "totalTokenCount"],
  },
  verdictOfStatus: {},
  redaction: {
    structures: {
      response: [null],
      candidates: null,
      content: null,
      parts: null,
      functionCall: null,
      partialArgs: null,
      executableCode: null,
      codeExecutionResult: null,
      toolCall: null,
      toolResponse: null,
      inlineData: null,
      promptFeedback: null,
      usageMetadata: null,
    },
    words: {
      modelVersion: null,
      finishReason: null,
      blockReason: null,
      outcome: null,
      language: ["executableCode"],
      mimeType: null,
      toolType: null,
      serviceTier: null,
    },
    names: { name: ["functionCall"] },
    arguments: [],
    opaque: ["data"],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["args"] },
} as const satisfies DialectTraits;
