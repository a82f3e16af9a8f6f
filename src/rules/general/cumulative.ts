// Deltas that contain the whole text so far. Uses only facts, so it works for every dialect.
import { kindOf, type TextDelta } from "../../model/facts.ts";
import type { Reading } from "../../model/reading.ts";
import { family } from "../rule.ts";
import { namePart } from "../watching/text-difference.ts";

/** How many deltas must repeat the previous one, and the length the text must reach: `1`, `12`, `123` may be chance. */
const FEWEST_REPEATS = 2;
const SHORTEST_TEXT = 8;
/** Limit on watched parts of a response; a hostile stream could begin one with every event. */
const MOST_PARTS = 10_000;

/** A part of an item, as long as each of its deltas begins with the previous one. */
interface Part {
  readonly type: TextDelta["type"];
  readonly item: number;
  readonly part: number;
  /** The last delta; null after a delta that does not begin with the previous one: the part is no longer watched. */
  last: string | null;
  repeats: number;
}

export const cumulativeRules = family({
  name: "cumulative",
  rules: [
    {
      id: "cumulative-deltas",
      // QwenLM/qwen-code#3896
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning:
        "Each delta of a text begins with the whole delta before it: the server sends the text so far, not what is new.",
      why: "Clients that append deltas show the beginning of the text over and over.",
      remedy:
        "Send only what is new in each delta; some APIs do so on request, such as DashScope with `incremental_output`.",
    },
  ],
  watch(find) {
    let parts = new Map<string, Part>();
    let last: Part | null = null;
    let isFound = false;
    /** The deltas that a stretch was like: if texts alternate, there are many stretches like the same delta. */
    const passed = new WeakSet<TextDelta>();

    function partOf({ type, item, part }: TextDelta): Part | null {
      if (last !== null && last.type === type && last.item === item && last.part === part) return last;
      const key = `${type}/${item}/${part}`;
      const known = parts.get(key);
      if (known !== undefined) return (last = known);
      if (parts.size >= MOST_PARTS) return null;
      last = { type, item, part, last: "", repeats: 0 };
      parts.set(key, last);
      return last;
    }

    function readDelta(fact: TextDelta, { event }: Reading): void {
      const { text } = fact;
      const part = isFound || text === "" || fact.late === true ? null : partOf(fact);
      if (part === null || part.last === null) return;
      const before = part.last;
      const isRepeat = text.length > before.length && text.startsWith(before);
      part.last = isRepeat ? text : null;
      if (before === "" || !isRepeat) return;
      part.repeats += 1;
      if (part.repeats < FEWEST_REPEATS || text.length < SHORTEST_TEXT) return;
      isFound = true;
      const name = namePart(fact.item, kindOf(fact), fact.part);
      const message = `each delta of ${name} begins with the whole one before it: they are snapshots of the text so far`;
      find("cumulative-deltas", event, message, { expected: text.slice(before.length), seen: text });
    }

    return {
      // The first delta of a stretch does not begin with the previous one: see `streamed-text.ts`.
      stretch({ delta }) {
        if (passed.has(delta)) return;
        passed.add(delta);
        const part = partOf(delta);
        if (part !== null) part.last = null;
      },
      facts: {
        "response-start"() {
          parts = new Map();
          last = null;
          isFound = false;
        },
        "*-delta": readDelta,
      },
    };
  },
});
