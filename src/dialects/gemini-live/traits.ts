// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "gemini-live",
  title: "Google Gemini, Live API",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: /^code_execution_call$/, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(
      "/serverContent serverContent.modelTurn modelTurn.parts /toolCall toolCall.functionCalls /usageMetadata serverContent.outputTranscription serverContent.inputTranscription parts.inlineData parts.executableCode parts.codeExecutionResult /sessionResumptionUpdate /goAway /setupComplete usageMetadata.responseTokensDetails usageMetadata.promptTokensDetails",
    ),
    words: words(
      "inlineData.mimeType executableCode.language codeExecutionResult.outcome modality serverContent.turnCompleteReason serverContent.interactionStatus",
    ),
    names: words("functionCalls.name"),
    arguments: [],
    opaque: words("inlineData.data newHandle"),
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: words("args") },
} as const satisfies DialectTraits;
