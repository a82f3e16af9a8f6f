// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "claude-code",
  title: "Claude Code: claude -p --output-format stream-json",
  isKnown: true,
  usage: { reported: "always", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  // A session has an `init` for each of its runs, and lines before the first.
  startEvents: [],
  toolCalls: { items: /tool_use$/, hostedItems: /^server_tool_use$/, jsonItems: /tool_use$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(
      "/event /message event.message message.content event.content_block event.delta /usage message.usage event.usage",
    ),
    words: words("/subtype /permissionMode event.type delta.type content_block.type /stop_reason delta.stop_reason"),
    names: words("content_block.name content.name"),
    arguments: words("partial_json"),
    opaque: words("signature"),
    ids: words("session_id uuid parent_tool_use_id"),
    idPrefixes: words("msg_ toolu_ msg_bdrk_ req_"),
  },
  // Every line has its own id, and times that differ from run to run.
  diff: { noise: words("uuid duration_ms duration_api_ms ttft_ms"), freeForm: [] },
} as const satisfies DialectTraits;
