// The texts that items and parts are added with: clients that keep them append the deltas.
// https://platform.openai.com/docs/api-reference/responses-streaming/response/content_part/added
import { kindOf } from "../../../model/facts.ts";
import { type TextKind } from "../../../model/text-kinds.ts";
import { asIndex, asObject, type JsonObject } from "../../../model/payload.ts";
import type { Place } from "../../../model/finding.ts";
import type { Reading } from "../../../model/reading.ts";
import { family } from "../../../rules/rule.ts";
import { wholeItem } from "../../../rules/watching/item-ledger.ts";
import { namePart } from "../../../rules/watching/text-difference.ts";
import { ITEM_ADDED, positionOf } from "./event.ts";
import { textOfPart, textsOfItem } from "./item-texts.ts";

/** Limits the stored texts; a hostile stream could add one with every event. */
const MOST_REMEMBERED = 1000;

/** A text that an item or a part was added with. */
interface FirstText {
  readonly item: number;
  readonly kind: TextKind;
  readonly part: number;
  readonly text: string;
  readonly place: Place;
  readonly eventType: string;
}

export const firstTextRules = family({
  name: "first-texts",
  rules: [
    {
      id: "added-text-repeated",
      // PrimeIntellect-ai/verifiers#2164
      severity: { openai: "error", "open-responses": "error", lenient: "warning" },
      meaning: "An item or a part is added with text that its deltas send again.",
      why: "Clients that append deltas to the added part, as OpenAI's do, show the text twice.",
      remedy: "Add items and parts with empty texts, and send the whole text in deltas.",
    },
  ],
  watch(find, { ledger, transcript }) {
    let firstTexts = new Map<string, FirstText>();

    function remember(item: number, kind: TextKind, part: number, text: string, { event, eventType }: Reading): void {
      if (text === "" || firstTexts.size >= MOST_REMEMBERED || transcript.hasText(item, kind, part)) return;
      firstTexts.set(`${kind}/${item}/${part}`, { item, kind, part, text, place: event, eventType });
    }

    /** Position of an item that an event adds to; null if its start was not seen. */
    function wholeItemOf(value: JsonObject, reading: Reading): number | null {
      const position = ledger.isOpen ? positionOf(value, reading) : null;
      return position === null || wholeItem(ledger, position) === null ? null : position;
    }

    function readItem(value: JsonObject, reading: Reading): void {
      const item = wholeItemOf(value, reading);
      if (item === null) return;
      for (const { kind, texts } of textsOfItem(asObject(value.item) ?? {})) {
        texts.forEach((text, part) => remember(item, kind, part, text, reading));
      }
    }

    function readPart(value: JsonObject, number: unknown, reading: Reading): void {
      const item = wholeItemOf(value, reading);
      const said = textOfPart(asObject(value.part) ?? {});
      if (item !== null && said !== null) remember(item, said.kind, asIndex(number) ?? 0, said.text, reading);
    }

    /** Compares the texts of an item, or of one of its parts, with those it was added with. */
    function endTexts(item: number, kind: TextKind | null, part: number | null): void {
      for (const [key, first] of firstTexts) {
        if (first.item !== item || (kind !== null && (first.kind !== kind || first.part !== part))) continue;
        firstTexts.delete(key);
        if (transcript.textOf(item, first.kind, first.part)?.startsWith(first.text) !== true) continue;
        const length = first.text.length === 1 ? "1 character" : `${first.text.length} characters`;
        const name = namePart(item, first.kind, first.part);
        const message = `${first.eventType} already has ${length} of ${name}, and the deltas send them again`;
        find("added-text-repeated", first.place, message, { expected: "", seen: first.text });
      }
    }

    return {
      facts: {
        "response-start"() {
          firstTexts = new Map();
        },
        "*-delta"(fact) {
          // The text came whole, without a delta before it.
          if (fact.late === true) firstTexts.delete(`${kindOf(fact)}/${fact.item}/${fact.part}`);
        },
        "*-end": (fact) => endTexts(fact.item, kindOf(fact), fact.part),
        "item-end": ({ item }) => endTexts(item, null, null),
      },
      payloads: {
        [ITEM_ADDED]: readItem,
        "response.content_part.added": (value, reading) => readPart(value, value.content_index, reading),
        "response.reasoning_summary_part.added": (value, reading) => readPart(value, value.summary_index, reading),
      },
    };
  },
});
