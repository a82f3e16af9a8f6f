// Describes a live stream in one line: elapsed time, events, speed, current item, silence.
import { isTextDelta, type ItemSnapshot } from "../model/facts.ts";
import type { ViewListener } from "./view.ts";
import { characterCount } from "../wording/characters.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";

export interface Status {
  readonly watching: ViewListener;
  /** The line at `nowMs` after the start. */
  describe(nowMs: number): string;
}

const SECOND_MS = 1000;
/** Silences from this length on are shown. */
const SILENT_MS = 1000;
const LONGEST_ITEM = 40;

/** Watches a stream; `now` is in ms since the start. */
export function createStatus(now: () => number): Status {
  let events = 0;
  /** Comments keep a connection alive; they do not end a silence. */
  let comments = 0;
  let characters = 0;
  let firstTextMs: number | null = null;
  /** The time of the last event. */
  let lastMs: number | null = null;
  let items = new Map<number, ItemSnapshot>();
  let item: ItemSnapshot | null = null;

  return {
    watching: {
      record(record) {
        if (record.type === "comment") comments += 1;
        if (record.type !== "event") return;
        lastMs = now();
        events += 1;
      },
      read({ facts }) {
        for (const fact of facts) {
          if (fact.type === "response-start") items = new Map();
          else if (fact.type === "item-start") items.set(fact.item, (item = fact.snapshot));
          else if (isTextDelta(fact)) {
            firstTextMs ??= now();
            characters += characterCount(fact.text);
            item = items.get(fact.item) ?? item;
          }
        }
      },
      stretch({ delta, text, events: added }) {
        lastMs = now();
        item = items.get(delta.item) ?? item;
        events += added;
        characters += text.characters;
      },
    },
    describe(nowMs) {
      const elapsed = `${(nowMs / SECOND_MS).toFixed(1)} s`;
      if (lastMs === null) {
        const only = comments === 0 ? "byte" : `event  ${countOf(comments, "comment")}`;
        return `${elapsed}  waiting for the first ${only}`;
      }
      const typedMs = firstTextMs === null ? 0 : lastMs - firstTextMs;
      const silentMs = nowMs - lastMs;
      const parts = [
        elapsed,
        countOf(events, "event"),
        typedMs > 0 ? `${formatCount(Math.round((characters * SECOND_MS) / typedMs))} characters/s` : null,
        item === null ? null : cutWithSize(item.name ?? item.type, LONGEST_ITEM),
        silentMs >= SILENT_MS ? `silent for ${(silentMs / SECOND_MS).toFixed(1)} s` : null,
      ];
      return parts.filter((part) => part !== null).join("  ");
    },
  };
}
