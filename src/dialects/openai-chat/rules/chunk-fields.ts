// The fields of chunks that the schema requires.
// https://platform.openai.com/docs/api-reference/chat-streaming/streaming
import type { Fact } from "../../../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";

interface Field {
  readonly name: string;
  readonly expected: string;
  readonly isPresent: (holder: JsonObject) => boolean;
}

/** An empty id or model counts as present: Azure sends them so in the results of its filters. */
const CHUNK_FIELDS: readonly Field[] = [
  text("id"),
  text("object"),
  { name: "created", expected: "a number", isPresent: ({ created }) => typeof created === "number" },
  text("model"),
  { name: "choices", expected: "a list", isPresent: ({ choices }) => Array.isArray(choices) },
];
const CHOICE_FIELDS: readonly Field[] = [
  { name: "index", expected: "a whole number from 0", isPresent: ({ index }) => asIndex(index) !== null },
  // Legacy completions have `text` instead. A `message` in its place is read, but clients look for the delta.
  {
    name: "delta",
    expected: "an object",
    isPresent: ({ delta, text }) => asObject(delta) !== null || typeof text === "string",
  },
  {
    name: "finish_reason",
    expected: "null or a text",
    isPresent: ({ finish_reason: reason }) => reason === null || typeof reason === "string",
  },
];

/** Facts of events that need not be chunks. */
const NO_CHUNK: ReadonlySet<Fact["type"]> = new Set(["error-reported", "unrecognized", "keep-alive"]);

function text(name: string): Field {
  return { name, expected: "a text", isPresent: (holder) => asString(holder[name]) !== null };
}

export const chunkFieldRules = family({
  name: "chunk-fields",
  rules: [
    {
      id: "chunk-field-missing",
      // Compatible servers leave some out, and most clients work without them.
      severity: { openai: "info", "open-responses": "warning", lenient: "info" },
      meaning: "A chunk or one of its choices lacks a field that the schema requires, or the field has the wrong type.",
      why: "Typed clients throw at the chunk, or at the first access to the field.",
      remedy:
        "Send `id`, `object`, `created`, `model` and `choices` with every chunk, and `index`, `delta` and `finish_reason` (null until the end) with every choice.",
    },
  ],
  watch(find) {
    /** Fields already reported: one that a server never sends is reported once. */
    let found = new Set<string>();

    function hold(holder: JsonObject, fields: readonly Field[], of: string, { event }: Reading): void {
      if (fields.every(({ isPresent }) => isPresent(holder))) return;
      const faulty = fields.filter(({ name, isPresent }) => !isPresent(holder) && !found.has(`${of} ${name}`));
      for (const { name } of faulty) found.add(`${of} ${name}`);
      const missing = faulty.map(({ name }) => name).filter((name) => holder[name] === undefined);
      if (missing.length > 0) {
        const names = missing.join(", ");
        find("chunk-field-missing", event, `a ${of} has no ${names}`, { expected: names, seen: null });
      }
      for (const { name, expected } of faulty.filter(({ name }) => holder[name] !== undefined)) {
        const seen = wordOf(holder[name]);
        find("chunk-field-missing", event, `the ${name} of a ${of} is ${seen}, not ${expected}`, { expected, seen });
      }
    }

    return {
      read(reading) {
        for (const fact of reading.facts) if (fact.type === "response-start") found = new Set();
        const { payload, facts } = reading;
        if (payload.type !== "object" || facts.some(({ type }) => NO_CHUNK.has(type))) return;
        hold(payload.value, CHUNK_FIELDS, "chunk", reading);
        const { choices } = payload.value;
        for (const choice of Array.isArray(choices) ? choices : [])
          hold(asObject(choice) ?? {}, CHOICE_FIELDS, "choice", reading);
      },
    };
  },
});

function wordOf(value: unknown): string {
  return typeof value === "object" && value !== null ? typeof value : JSON.stringify(value);
}
