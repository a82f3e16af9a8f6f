// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "mcp",
  title: "MCP: JSON-RPC messages of a server",
  isKnown: true,
  usage: { reported: "never", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "extra" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: null, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/result /params result.tools content resource contents messages"),
    words: words("jsonrpc method protocolVersion level mimeType"),
    names: words("tools.name content.name"),
    arguments: [],
    opaque: words("data blob"),
    ids: words("progressToken"),
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["arguments", "schema", "properties"] },
} as const satisfies DialectTraits;
