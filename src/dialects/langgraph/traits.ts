// What the rest of the program needs to know about the protocol.
import { type DialectTraits, words } from "../../model/dialect-traits.ts";

export const traits = {
  name: "langgraph",
  title: "LangGraph Platform and LangServe",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /^tool_call$/, hostedItems: null, jsonItems: /^tool_call$/, statedArguments: null },
  gatheringItems: [],
  partMarks: null,
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words(
      "/data data.chunk data.output content tool_calls tool_call_chunks usage_metadata response_metadata response_metadata.message_delta messages",
    ),
    words: words(
      "/event type response_metadata.finish_reason response_metadata.stop_reason response_metadata.finishReason response_metadata.stopReason response_metadata.done_reason message_delta.stop_reason",
    ),
    names: words("tool_calls.name tool_call_chunks.name"),
    arguments: words("tool_call_chunks.args"),
    opaque: [],
    ids: words("run_id"),
    idPrefixes: words("run lc_run msg call"),
  },
  diff: {
    noise: words("run_id langgraph_checkpoint_ns checkpoint_ns thread_id"),
    freeForm: words("args metadata configurable"),
  },
  // langserve/server.py: `{"event": "end"}` without data.
  wire: { bareEvents: ["end"] },
} as const satisfies DialectTraits;
