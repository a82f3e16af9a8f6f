// What is to know of the protocol beside its events.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export const traits = {
  name: "tgi",
  title: "Text Generation Inference, generate_stream",
  isKnown: true,
  usage: "always",
  ending: { terminalIsLast: false, doneSentinel: "unspecified" },
  namesEvents: false,
  startEvents: [],
  toolCalls: { items: /call$/i, jsonItems: null, statedArguments: null },
  partMarks: null,
  choicesOf: null,
  wholeResponse: null,
  verdictOfStatus: {},
  redaction: {
    structures: { details: [null] },
    words: { finish_reason: null, error_type: [null] },
    names: {},
    arguments: [],
    opaque: [],
    ids: [],
    idPrefixes: [],
  },
  diff: { noise: [], freeForm: [] },
} as const satisfies DialectTraits;
