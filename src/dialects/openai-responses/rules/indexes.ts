// The positions of items in the output and of parts in their item: from 0, without gaps, each used once.
import { jsonText } from "../../../model/json-text.ts";
import { asIndex, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { nameItem, wholeItem } from "../../../rules/watching/item-ledger.ts";
import { isOfItem, isPlainDelta, ITEM_ADDED, payloadOf, positionOf, typeOf } from "./event.ts";
import { family } from "../../../rules/rule.ts";

/** The events that begin a part, and the field that numbers it. */
const PART_STARTS: ReadonlyMap<string, "content_index" | "summary_index"> = new Map([
  ["response.content_part.added", "content_index"],
  ["response.reasoning_summary_part.added", "summary_index"],
]);

interface PartNumbers {
  content_index: number;
  summary_index: number;
  isFound: boolean;
}

export const indexRules = family({
  name: "indexes",
  rules: [
    {
      id: "output-index-collision",
      severity: "error",
      meaning: "Two items are added with the same `output_index`.",
      why: "Clients assign deltas by this index, so they mix up the texts of both items or lose the first one.",
      remedy: "Number the items of a response 0, 1, 2 and so on, with one counter for everything that produces items.",
    },
    {
      id: "output-index-missing",
      // Required in the schema of every event of an item, for OpenAI and Open Responses alike (schema/events.tsp of
      // openresponses/openresponses).
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "Events of items have no `output_index`, or one that is not an integer >= 0.",
      why: "Clients assign deltas by this index: without it they throw or merge all items into one.",
      remedy: "Send `output_index`, the item's position in the response's output, with every event of an item.",
    },
    {
      id: "output-index-order",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "An added item does not have the next `output_index`.",
      why: "Clients that append items in order of arrival put this one in the wrong position, and its deltas go to the wrong item.",
      remedy: "Add items in the order of the output, or look for what dropped the items in between.",
    },
    {
      id: "content-index-order",
      severity: { openai: "error", "open-responses": "warning", lenient: "info" },
      meaning: "An added part does not have the next `content_index` or `summary_index` of its item.",
      why: "Clients that append parts in order of arrival put this text into another part, or throw.",
      remedy: "Number the parts of an item 0, 1, 2 and so on; the texts and refusals of a message share one counter.",
    },
  ],
  watch(find, { ledger }) {
    /** Position of the next item; null if the capture does not show it. */
    let nextItem: number | null = null;
    let isMissingFound = false;
    let parts = new Map<number, PartNumbers>();

    function begin(isResumed: boolean): void {
      nextItem = isResumed ? null : 0;
      isMissingFound = false;
      parts = new Map();
    }

    function findMissing(value: JsonObject, type: string, { event }: Reading): void {
      isMissingFound = true;
      const { output_index: index } = value;
      const isAbsent = index === undefined;
      const seen = isAbsent ? null : jsonText(index);
      const message = isAbsent ? `${type} has no output_index` : `the output_index of ${type} is ${seen}`;
      find("output-index-missing", event, message, { expected: "a whole number from 0", seen });
    }

    function readAdded(index: number, { event }: Reading): void {
      const item = ledger.items.get(index);
      if (item?.starts === 2) {
        const name = nameItem(index, item.snapshot.type);
        find("output-index-collision", event, `an item is added at output_index ${index}, already used by ${name}`, {
          expected: nextItem,
          seen: index,
        });
      }
      // An item that comes after later ones was already reported missing.
      if (nextItem !== null && index > nextItem) {
        const message = `an item is added at output_index ${index}, expected ${nextItem}`;
        find("output-index-order", event, message, { expected: nextItem, seen: index });
      }
      nextItem = Math.max(nextItem ?? 0, index + 1);
    }

    function readPart(
      position: number,
      index: number,
      field: "content_index" | "summary_index",
      { event }: Reading,
    ): void {
      const item = wholeItem(ledger, position);
      if (item === null) return;
      let numbers = parts.get(position);
      if (numbers === undefined)
        parts.set(position, (numbers = { content_index: 0, summary_index: 0, isFound: false }));
      const expected = numbers[field];
      numbers[field] = Math.max(expected, index + 1);
      if (index === expected || numbers.isFound) return;
      numbers.isFound = true;
      const name = nameItem(position, item.snapshot.type);
      const message = `a part of ${name} is added at ${field} ${index}, expected ${expected}`;
      find("content-index-order", event, message, { expected, seen: index });
    }

    return {
      facts: { "response-start": ({ resumed }) => begin(resumed) },
      read(reading) {
        const value = payloadOf(reading);
        if (isPlainDelta(reading) && asIndex(value?.output_index) !== null) return;
        if (!ledger.isOpen || value === null) return;
        const type = typeOf(value, reading);
        const index = asIndex(value.output_index);
        if (index === null) {
          if (!isMissingFound && isOfItem(value, type)) findMissing(value, type, reading);
        } else if (type === ITEM_ADDED) readAdded(index, reading);
        const field = PART_STARTS.get(type);
        if (field === undefined) return;
        const position = positionOf(value, reading);
        const part = asIndex(value[field]);
        if (position !== null && part !== null) readPart(position, part, field, reading);
      },
    };
  },
});
