// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "bedrock",
  title: "Amazon Bedrock ConverseStream",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "extra" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /tool_use$/i, hostedItems: null, jsonItems: /tool_use$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/model\/(?<model>[^/]+)\/converse(?:-stream)?$/,
    streamingPath: /\/converse-stream$/,
    streamsByDefault: false,
  },
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(`
      messageStart contentBlockStart contentBlockDelta contentBlockStop messageStop delta start toolUse toolResult
      reasoningContent
    `),
    words: words("stopReason serviceTier"),
    names: words("toolUse.name"),
    arguments: words("input"),
    opaque: words("p redactedContent"),
    ids: [],
    idPrefixes: words("tooluse"),
  },
  diff: { noise: ["p"], freeForm: ["input"] },
} as const satisfies DialectTraits;
