// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";
import { verdictOfRunStatus } from "../reader/run-statuses.ts";
import { errorBody } from "./error-body.ts";
import { statedArguments } from "./stated-arguments.ts";

export const traits = {
  name: "openai-responses",
  title: "OpenAI Responses API and compatible APIs",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: ["cancelled"] },
  ending: { terminalIsLast: true, doneSentinel: "open-responses" },
  namesEvents: true,
  startEvents: ["response.created"],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments },
  gatheringItems: ["audio"],
  partMarks: null,
  choicesOf: null,
  requests: {
    path: /\/responses(?:\/resp_\w+)?$/,
    streamingPath: null,
    streamsByDefault: false,
  },
  wholeResponse: {
    api: "OpenAI Responses API",
    request: "`stream: true`",
    matches: ({ object }) => object === "response",
    statusOf: ({ status }) => status,
    usage: "usage",
    counts: ["input_tokens", "output_tokens", "total_tokens"],
  },
  errorBody,
  verdictOfStatus: verdictOfRunStatus,
  redaction: {
    structures: words(`
      /response /output item response.output part content summary annotations annotation action operation outputs caller
      incomplete_details response.tools from to images
    `),
    words: words("phase service_tier incomplete_details.reason outcome agent"),
    names: words("item.name output.name tools.name tool_name"),
    arguments: words("arguments input"),
    opaque: words("obfuscation b64_json partial_image_b64"),
    ids: words("server_label"),
    idPrefixes: words(`
      resp msg rs fc fco call ci cfile cntr cu ws fs ig tsc tso sh lsh apc ctc mcp mcpl mcpr vs conv container
      file
    `),
  },
  diff: { noise: ["obfuscation", "logprobs"], freeForm: ["metadata", "parameters", "properties", "schema", "headers"] },
} as const satisfies DialectTraits;
