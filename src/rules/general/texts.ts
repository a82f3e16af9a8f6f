// Compares streamed texts with what the stream states at their end. Uses only facts, so it works for every dialect that
// reports ends: such a dialect reports an end for each part that had deltas.
import { isTextEnd, kindOf, type ItemEnd, type TextDelta, type TextEnd } from "../../model/facts.ts";
import { deltaTypes, type TextKind } from "../../model/text-kinds.ts";
import type { Reading } from "../../model/reading.ts";
import { wholeItem } from "../watching/item-ledger.ts";
import { oncePerReading } from "../watching/once-per-reading.ts";
import { family } from "../rule.ts";
import { differ, namePart } from "../watching/text-difference.ts";

/** A part of an item that has text. */
interface Part {
  readonly type: TextDelta["type"];
  readonly kind: TextKind;
  readonly item: number;
  readonly part: number;
  isEnded: boolean;
}

/** Limit on watched parts of a response; a hostile stream could begin one with every event. */
const MOST_PARTS = 10_000;
/** Kinds that are always streamed; hosted tools often send other kinds only when the item ends. */
const STREAMED_KINDS: ReadonlySet<TextKind> = new Set(["text", "refusal", "reasoning", "reasoning-summary"]);
/** The provider's word for an item that was cut: its parts need not be done. */
const CUT_STATUS = "incomplete";

export const textRules = family({
  name: "texts",
  rules: [
    {
      id: "delta-without-done",
      // "The delta events MAY be repeated many times, and end with response.<content_type>.done":
      // https://www.openresponses.org/specification#items-are-streamable
      severity: { openai: "error", "open-responses": "error", lenient: "info" },
      meaning: "Text deltas were never followed by a done event, although the item or response is over.",
      why: "Clients that act on whole texts, such as a tool call's arguments, wait for an event that never arrives.",
      remedy: "Send the done event, such as `response.output_text.done`, with the whole text after the last delta.",
    },
    {
      id: "done-without-delta",
      // LM Studio sends the arguments of calls so.
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "A done event carries a text, but no delta came before it.",
      why: "Clients that build the text from deltas show nothing, and the others show it late.",
      remedy:
        "Send the text in at least one delta before its done event; clients should read the text of done events too.",
    },
    {
      id: "delta-mismatch",
      severity: "error",
      meaning: "The joined deltas of a part differ from the text in its done event.",
      why: "A client shows another text, or runs a tool with other arguments, than the model produced, depending on which of the two it reads.",
      remedy: "Look for dropped, repeated or changed deltas: the first difference shows which.",
    },
  ],
  watch(find, { ledger, transcript }) {
    let parts = new Map<string, Part>();
    /** Parts that had deltas and are not done. */
    let open = new Set<Part>();
    /** The part of the last delta: most deltas continue it, and then there is nothing to note. */
    let last: Part | null = null;
    const isCut = oncePerReading(endsOtherwise);
    const endedTexts = oncePerReading(({ facts }) => new Set(facts.filter(isTextEnd).map(textKey)));

    function partOf(fact: TextDelta | TextEnd): Part | null {
      const kind = kindOf(fact);
      const key = `${kind}/${fact.item}/${fact.part}`;
      const known = parts.get(key);
      if (known !== undefined) return known;
      if (parts.size >= MOST_PARTS) return null;
      const { item, part } = fact;
      const added = { type: deltaTypes[kind], kind, item, part, isEnded: false } as const;
      parts.set(key, added);
      return added;
    }

    function readDelta(fact: TextDelta, reading: Reading): void {
      if (goesOn(fact, reading)) return;
      const part = partOf(fact);
      if (part === null) return;
      if (fact.late === true) return readLate(fact, part, reading);
      if (!part.isEnded) open.add(part);
      last = part;
    }

    function readLate(fact: TextDelta, part: Part, reading: Reading): void {
      if (!STREAMED_KINDS.has(part.kind) && !endedTexts(reading).has(textKey(fact))) return;
      // Its deltas may be before the start of the capture.
      if (wholeItem(ledger, fact.item) === null) return;
      const name = namePart(fact.item, part.kind, fact.part);
      const message = `${name} arrived whole in ${reading.eventType} (${fact.text.length} characters), without deltas`;
      find("done-without-delta", reading.event, message, { expected: "deltas", seen: null });
    }

    function readEnd(fact: TextEnd, { event, eventType }: Reading): void {
      const part = partOf(fact);
      if (part === null || part.isEnded) return;
      part.isEnded = true;
      open.delete(part);
      if (fact.text === null || wholeItem(ledger, fact.item) === null) return;
      const streamed = transcript.textOf(fact.item, part.kind, fact.part);
      if (streamed === null || streamed === fact.text) return;
      const { words, ...difference } = differ(fact.text, streamed);
      const name = namePart(fact.item, part.kind, fact.part);
      find("delta-mismatch", event, `the deltas of ${name} differ from ${eventType}, ${words}`, difference);
    }

    function readItemEnd({ item, snapshot }: ItemEnd, reading: Reading): void {
      if (snapshot.status !== CUT_STATUS && !isCut(reading)) findUnended(item, reading);
    }

    /** Finds parts that are not done: of one item or, if `item` is null, of all. */
    function findUnended(item: number | null, { event, eventType }: Reading): void {
      for (const part of open) {
        if (item !== null && part.item !== item) continue;
        open.delete(part);
        part.isEnded = true;
        if (wholeItem(ledger, part.item) === null) continue;
        const name = namePart(part.item, part.kind, part.part);
        const message = `${name} had deltas, but was not done before ${eventType}`;
        find("delta-without-done", event, message, { expected: `the end of ${name}`, seen: eventType });
      }
    }

    /** Whether an event only continues the part of the last delta. */
    function goesOn({ type, item, part }: TextDelta, { facts }: Reading): boolean {
      return facts.length === 1 && last !== null && type === last.type && item === last.item && part === last.part;
    }

    return {
      facts: {
        "response-start"() {
          parts = new Map();
          open = new Set();
          last = null;
        },
        "*-delta": readDelta,
        "*-end": readEnd,
        "item-end": readItemEnd,
        "response-end"({ outcome }, reading) {
          if (outcome === "completed") findUnended(null, reading);
        },
      },
    };
  },
});

/** The texts of one kind in an item. */
function textKey(fact: TextDelta | TextEnd): string {
  return `${kindOf(fact)}/${fact.item}`;
}

/** Whether an event ends the response in another way than completed: open parts then need no end. */
function endsOtherwise({ facts }: Reading): boolean {
  return facts.some((fact) => fact.type === "response-end" && fact.outcome !== "completed");
}
