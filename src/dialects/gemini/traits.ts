// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { others } from "./other-requests.ts";
import { asObject, asObjects } from "../../model/payload.ts";
import { readCandidates } from "./candidates.ts";
import { errorBody } from "./error-body.ts";

export const traits = {
  name: "gemini",
  title: "Google Gemini, generateContent",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "extra" },
  namesEvents: false,
  startEvents: [],
  toolCalls: {
    items: /call$/i,
    hostedItems: /^(?:code_execution|tool)_(?:call|result)$/,
    jsonItems: /^function_call$/,
    statedArguments: null,
  },
  gatheringItems: [],
  partMarks: null,
  choicesOf: readCandidates,
  requests: {
    path: /\/models\/(?<model>[^/:]+):(?:streamGenerateContent|generateContent)$|v1internal:(?:streamGenerateContent|generateContent)$/,
    streamingPath: /:streamGenerateContent$/,
    streamsByDefault: false,
    // https://github.com/google-gemini/gemini-cli: packages/core/src/code_assist/converter.ts
    envelope: (path, document) => (path.includes("/v1internal:") ? { response: document } : document),
    // Gemini CLI asks for a model this way: https://ai.google.dev/gemini-api/docs/structured-output
    asksForJson: ({ generationConfig, request }) => {
      const config = asObject(generationConfig) ?? asObject(asObject(request)?.generationConfig);
      return config?.responseMimeType === "application/json";
    },
    toolResult: /"function_?[rR]esponse"/,
    others,
  },
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
  errorBody,
  verdictOfStatus: {},
  redaction: {
    structures: words(`
      /response candidates content parts functionCall partialArgs executableCode codeExecutionResult toolCall
      toolResponse inlineData promptFeedback usageMetadata
      function_call partial_args executable_code code_execution_result tool_call tool_response inline_data
      prompt_feedback usage_metadata
    `),
    words: words(`
      modelVersion finishReason blockReason outcome executableCode.language mimeType toolType serviceTier
      model_version finish_reason block_reason executable_code.language mime_type tool_type service_tier
    `),
    names: words("functionCall.name function_call.name"),
    arguments: [],
    opaque: words("data"),
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["args"] },
} as const satisfies DialectTraits;
