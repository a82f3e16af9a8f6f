// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export const traits = {
  name: "mcp",
  title: "MCP: JSON-RPC messages of a server",
  isKnown: true,
  usage: "on-request",
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: null, statedArguments: null },
  partMarks: null,
  choicesOf: null,
  wholeResponse: null,
  verdictOfStatus: {},
  redaction: {
    structures: {
      result: [null],
      params: [null],
      tools: ["result"],
      content: null,
      resource: null,
      contents: null,
      messages: null,
    },
    words: { jsonrpc: null, method: null, protocolVersion: null, level: null, mimeType: null },
    names: { name: ["tools", "content"] },
    arguments: [],
    opaque: ["data", "blob"],
    ids: ["progressToken"],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["arguments", "schema", "properties"] },
} as const satisfies DialectTraits;
