// The fields of single events that the schema of the protocol requires.
import { asId, asIndex, asObject, asString } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { payloadOf, typeOf } from "./event.ts";
import { type FieldKind, requiredFields } from "./required-fields.ts";
import { family } from "../../../rules/rule.ts";

const TYPE = "type";
/** Checked by `output-index-missing`: more depends on it than on any other field. */
const INDEX = "output_index";
/** Snapshots that have an id. */
const WITH_ID: ReadonlySet<string> = new Set(["response", "item"]);
const KINDS: Readonly<Record<FieldKind | "id", string>> = {
  id: "an id",
  text: "a string",
  index: "a whole number from 0",
  object: "an object",
};

export const fieldRules = family({
  name: "fields",
  rules: [
    {
      id: "field-missing",
      // Compatible servers leave some out, and many clients work without them.
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning:
        "An event, or the response or item in it, lacks a field that the schema requires, or the field has the wrong type.",
      why: "Typed clients throw, or add the event to the wrong item or part.",
      remedy: "Send every field in the event's schema, such as `type`, `item_id`, `content_index` and the text.",
    },
  ],
  watch(find) {
    /** Faults already reported, by event type and field: a field that a server never sends is reported once. */
    let found = new Set<string>();

    function findMissing(
      field: string,
      kind: FieldKind | "id",
      value: unknown,
      type: string,
      { event }: Reading,
    ): void {
      const key = `${type} ${field}`;
      if (found.has(key)) return;
      found.add(key);
      const isAbsent = value === undefined;
      const seen = isAbsent ? null : wordOf(value);
      const message = isAbsent ? `${type} has no ${field}` : `the ${field} of ${type} is ${seen}, not ${KINDS[kind]}`;
      find("field-missing", event, message, { expected: KINDS[kind], seen });
    }

    return {
      facts: {
        "response-start"() {
          found = new Set();
        },
      },
      read(reading) {
        const value = payloadOf(reading);
        if (value === null) return;
        const type = typeOf(value, reading);
        const fields = requiredFields(type);
        if (fields === null) return;
        for (const { name, kind } of fields) {
          if (!isOfKind(value[name], kind) && name !== INDEX) findMissing(name, kind, value[name], type, reading);
          // An empty id is invalid: clients cannot find a response or an item by it.
          const snapshot = kind === "object" && WITH_ID.has(name) ? asObject(value[name]) : null;
          if (snapshot !== null && asId(snapshot.id) === null)
            findMissing(`${name}.id`, "id", snapshot.id, type, reading);
        }
        // Some events are named only on the event line.
        if (asString(value.type) === null) findMissing(TYPE, "text", value.type, type, reading);
      },
    };
  },
});

function isOfKind(value: unknown, kind: FieldKind): boolean {
  if (kind === "text") return typeof value === "string";
  return kind === "index" ? asIndex(value) !== null : asObject(value) !== null;
}

function wordOf(value: unknown): string {
  return typeof value === "object" && value !== null ? typeof value : JSON.stringify(value);
}
