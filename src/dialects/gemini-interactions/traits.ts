// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export const traits = {
  name: "gemini-interactions",
  title: "Google Gemini, Interactions API",
  isKnown: true,
  usage: "always",
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: /^(?:function|mcp_server_tool)_call$/, statedArguments: null },
  partMarks: null,
  choicesOf: null,
  wholeResponse: null,
  verdictOfStatus: {
    completed: "completed",
    incomplete: "incomplete",
    cancelled: "incomplete",
    failed: "failed",
    in_progress: "truncated",
    queued: "truncated",
  },
  redaction: {
    structures: { interaction: null, step: null, steps: null, delta: null, content: null, outputs: null },
    words: { event_type: null, agent: null, mime_type: null },
    names: { name: ["step", "content", "delta"] },
    arguments: ["arguments"],
    opaque: ["data"],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: ["arguments"] },
} as const satisfies DialectTraits;
