// What the rest of the program needs to know about the protocol.
import { type DialectTraits, type PartMark, words } from "../../model/dialect-traits.ts";
import { inPascalCase } from "./event-names.ts";

/** The marks of a part, in both spellings. */
function marked(name: string, key: string, [start, deltas, end]: [string, readonly string[], string]) {
  const marks: [string, PartMark][] = [
    [start, { role: "start", name, key }],
    ...deltas.map((delta): [string, PartMark] => [delta, { role: "delta", name, key }]),
    [end, { role: "end", name, key }],
  ];
  return marks.flatMap(([type, mark]): [unknown, PartMark][] => [
    [type, mark],
    [inPascalCase(type), mark],
  ]);
}

export const traits = {
  name: "ag-ui",
  title: "AG-UI: runs of an agent, for a frontend",
  isKnown: true,
  usage: { reported: "on-request", uncountedStatuses: [] },
  ending: { terminalIsLast: true, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: ["RUN_STARTED", "RunStarted"],
  toolCalls: { items: /call$/i, hostedItems: null, jsonItems: /^tool_call$/, statedArguments: null },
  gatheringItems: [],
  // As `verifyEvents` of @ag-ui/client checks them.
  partMarks: {
    byType: new Map([
      ...marked("text message", "messageId", ["TEXT_MESSAGE_START", ["TEXT_MESSAGE_CONTENT"], "TEXT_MESSAGE_END"]),
      ...marked("tool call", "toolCallId", ["TOOL_CALL_START", ["TOOL_CALL_ARGS"], "TOOL_CALL_END"]),
      ...marked("step", "stepName", ["STEP_STARTED", [], "STEP_FINISHED"]),
      ...marked("reasoning", "messageId", ["REASONING_START", [], "REASONING_END"]),
      ...marked("reasoning message", "messageId", [
        "REASONING_MESSAGE_START",
        ["REASONING_MESSAGE_CONTENT"],
        "REASONING_MESSAGE_END",
      ]),
    ]),
    closingTypes: new Set(),
  },
  choicesOf: null,
  requests: null,
  wholeResponse: null,
  errorBody: null,
  verdictOfStatus: {},
  redaction: {
    structures: words("/messages /outcome"),
    words: words("role /outcome"),
    names: words("toolCallName"),
    arguments: [],
    opaque: words("encryptedValue"),
    ids: [],
    idPrefixes: words("msg run thread call tool"),
  },
  diff: { noise: ["timestamp"], freeForm: words("snapshot state value event rawEvent input") },
} as const satisfies DialectTraits;
