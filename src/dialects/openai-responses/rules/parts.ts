// Parts and items from start to end: a part is added before it has text and is done before its item is; nothing comes
// after an end.
import { isTextDelta, isTextEnd, kindOf, type TextDelta, type TextEnd } from "../../../model/facts.ts";
import { asIndex, type JsonObject } from "../../../model/payload.ts";
import type { Reading } from "../../../model/reading.ts";
import { nameItem, wholeItem, type LedgerItem } from "../../../rules/watching/item-ledger.ts";
import { isOfItem, ITEM_ADDED, ITEM_DONE, payloadOf, positionOf, typeOf } from "./event.ts";
import { family } from "../../../rules/rule.ts";
import { namePart } from "../../../rules/watching/text-difference.ts";

type PartField = "content_index" | "summary_index";

/** The effect of an event on a part, and the field that numbers the part. */
interface PartEvent {
  readonly role: "start" | "end" | "text";
  readonly field: PartField;
}

const PART_EVENTS: ReadonlyMap<string, PartEvent> = new Map([
  ["response.content_part.added", { role: "start", field: "content_index" }],
  ["response.content_part.done", { role: "end", field: "content_index" }],
  ["response.output_text.delta", { role: "text", field: "content_index" }],
  ["response.output_text.done", { role: "text", field: "content_index" }],
  ["response.refusal.delta", { role: "text", field: "content_index" }],
  ["response.refusal.done", { role: "text", field: "content_index" }],
  ["response.reasoning_text.delta", { role: "text", field: "content_index" }],
  ["response.reasoning_text.done", { role: "text", field: "content_index" }],
  ["response.reasoning_summary_part.added", { role: "start", field: "summary_index" }],
  ["response.reasoning_summary_part.done", { role: "end", field: "summary_index" }],
  ["response.reasoning_summary_text.delta", { role: "text", field: "summary_index" }],
  ["response.reasoning_summary_text.done", { role: "text", field: "summary_index" }],
]);
/** The status of an item that was cut: its parts need not be done. */
const CUT_STATUS = "incomplete";
/** Limits the watched parts of a response; a hostile stream could start one with every event. */
const MOST_PARTS = 10_000;

/** What is known about one item beyond the ledger. */
interface Life {
  /** The parts that began and are not done, by field and number. */
  readonly open: Map<string, { readonly field: PartField; readonly index: number }>;
  /** All parts that began. */
  readonly added: Set<string>;
  /** The texts that are done. */
  readonly endedTexts: Set<string>;
  isDone: boolean;
  isUnaddedFound: boolean;
  isLateFound: boolean;
}

export const partRules = family({
  name: "parts",
  rules: [
    {
      id: "part-not-added",
      // openai-node's `responses.stream()` throws here. Not an error: many servers leave these events out.
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "A part has text, but no `content_part.added` or `reasoning_summary_part.added` before it.",
      why: "Clients that build the response part by part have no place for the text: they throw or drop it.",
      remedy: "Send the part's added event before its first delta, and its done event after its text.",
    },
    {
      id: "part-not-done",
      severity: { openai: "warning", "open-responses": "error", lenient: "info" },
      meaning: "An item is done, but one of its added parts is not.",
      why: "Clients that process finished parts never see this one.",
      remedy:
        "Send `content_part.done` or `reasoning_summary_part.done` with the whole part before the item's done event.",
    },
    {
      id: "event-after-done",
      // "`completed` … is a terminal status": https://www.openresponses.org/specification#items-are-state-machines
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An event refers to an item or a text after its done event.",
      why: "Clients already processed the finished part, so they miss the change or handle the same call twice.",
      remedy: "Send one done event per part and item, and no events for it afterwards.",
    },
  ],
  watch(find, { ledger }) {
    let lives = new Map<number, Life>();
    let parts = 0;
    /** The part of the last text event: most deltas continue it, and then there is nothing to check. */
    let last: TextDelta | null = null;

    function lifeOf(position: number): Life {
      let life = lives.get(position);
      if (life === undefined) {
        const [open, added, endedTexts] = [new Map(), new Set<string>(), new Set<string>()];
        life = { open, added, endedTexts, isDone: false, isUnaddedFound: false, isLateFound: false };
        lives.set(position, life);
      }
      return life;
    }

    function findLate(life: Life, what: string, type: string, { event }: Reading): void {
      if (life.isLateFound) return;
      life.isLateFound = true;
      find("event-after-done", event, `${type} arrives after ${what} is done`, { expected: null, seen: type });
    }

    function readPart(item: LedgerItem, life: Life, value: JsonObject, type: string, reading: Reading): void {
      const known = PART_EVENTS.get(type);
      const index = known === undefined ? null : asIndex(value[known.field]);
      if (known === undefined || index === null) return;
      const { role, field } = known;
      const key = `${field} ${index}`;
      if (role === "start") {
        if (parts >= MOST_PARTS) return;
        parts += 1;
        life.added.add(key);
        life.open.set(key, { field, index });
        return;
      }
      if (role === "end") life.open.delete(key);
      if (life.added.has(key) || life.isUnaddedFound || parts >= MOST_PARTS) return;
      life.isUnaddedFound = true;
      const message = `${type} refers to a part of ${nameItem(item.position, item.snapshot.type)} that was not added (${field} ${index})`;
      find("part-not-added", reading.event, message, { expected: "the event that adds it", seen: type });
    }

    function readText(fact: TextDelta | TextEnd, life: Life, type: string, reading: Reading): void {
      const kind = kindOf(fact);
      const key = `${kind} ${fact.part}`;
      if (life.endedTexts.has(key)) findLate(life, namePart(fact.item, kind, fact.part), type, reading);
      else if (isTextEnd(fact) && life.endedTexts.size < MOST_PARTS) life.endedTexts.add(key);
    }

    function readDone(item: LedgerItem, life: Life, value: JsonObject, { event, facts }: Reading): void {
      const isCut = facts.some((fact) => fact.type === "item-end" && fact.snapshot.status === CUT_STATUS);
      life.isDone = true;
      if (isCut) return;
      const name = nameItem(item.position, item.snapshot.type);
      for (const { field, index } of life.open.values()) {
        const message = `${name} is done, but its part at ${field} ${index} is not`;
        find("part-not-done", event, message, { expected: "the event that ends it", seen: ITEM_DONE });
      }
    }

    function readItemEvent(value: JsonObject, type: string, reading: Reading): void {
      const position = positionOf(value, reading);
      const item = position === null ? null : wholeItem(ledger, position);
      if (position === null || item === null || type === ITEM_ADDED) return;
      const life = lifeOf(position);
      if (life.isDone) return findLate(life, nameItem(position, item.snapshot.type), type, reading);
      readPart(item, life, value, type, reading);
      if (type === ITEM_DONE) readDone(item, life, value, reading);
      else {
        for (const fact of reading.facts) {
          if (isTextDelta(fact) || isTextEnd(fact)) readText(fact, life, type, reading);
        }
      }
    }

    /** Whether an event only continues the part of the last event. */
    function goesOn({ facts }: Reading): boolean {
      const [fact] = facts;
      const isDelta = fact !== undefined && facts.length === 1 && isTextDelta(fact);
      const before = last;
      last = isDelta ? fact : null;
      return isDelta && fact.type === before?.type && fact.item === before.item && fact.part === before.part;
    }

    return {
      facts: {
        "response-start"() {
          lives = new Map();
          parts = 0;
        },
      },
      read(reading) {
        if (goesOn(reading)) return;
        const value = payloadOf(reading);
        if (!ledger.isOpen || value === null) return;
        const type = typeOf(value, reading);
        if (isOfItem(value, type)) readItemEvent(value, type, reading);
      },
    };
  },
});
