// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "cohere-v1",
  title: "Cohere Chat and Generate API (v1)",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^function_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(
      "/response response.meta meta.tokens meta.billed_units meta.api_version /tool_call_delta /tool_calls",
    ),
    words: words("/event_type finish_reason"),
    names: words("tool_call_delta.name tool_calls.name"),
    arguments: words("tool_call_delta.parameters"),
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: words("generation_id response_id"), freeForm: words("parameters") },
  // https://docs.cohere.com/v1/docs/streaming
  wire: { mediaTypes: ["application/stream+json"] },
} as const satisfies DialectTraits;
