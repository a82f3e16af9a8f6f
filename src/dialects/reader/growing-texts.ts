// Texts of protocols that send either fragments or the whole text so far, without saying which: the texts themselves
// show it.

export interface GrowingTexts {
  /** What an event adds to the text with that key: all of its text, or the new part of it. */
  added(key: string, text: string): string;
  /** Notes that the texts are fragments, if something other than a text shows it. */
  decidePieces(): void;
}

export interface GrowingTextsOptions {
  /** The protocol says that texts are whole. */
  readonly known?: "whole";
  /** Called if what was added so far was wrong: `text` is all of the text with that key, before the next addition. */
  readonly retell?: (key: string, text: string) => void;
}

/**
 * After this many growths, a text that does not continue the one before was rewritten; it no longer shows fragments.
 */
const SURE_GROWTHS = 6;
const SURE_LENGTH = 40;

interface Growth {
  /** The longest text so far. */
  whole: string;
  /** The length of each text that came: all are prefixes of `whole`. */
  readonly lengths: number[];
}

/**
 * Takes a text as the whole text so far as long as each one starts with all of the one before. The first that does not
 * makes all of them fragments, including those that came before: then `retell` gets the fragments joined, so no text is
 * lost. All texts of a stream are of the same kind.
 */
export function createGrowingTexts({ known, retell }: GrowingTextsOptions = {}): GrowingTexts {
  let kind: "unknown" | "pieces" | "whole" = known ?? "unknown";
  const growths = new Map<string, Growth>();

  function decidePieces(): void {
    if (kind !== "unknown") return;
    kind = "pieces";
    for (const [key, { whole, lengths }] of growths) {
      if (lengths.length > 1) retell?.(key, lengths.map((length) => whole.slice(0, length)).join(""));
    }
    growths.clear();
  }

  return {
    decidePieces,
    added(key, text) {
      if (kind === "pieces" || text === "") return text;
      const growth = growths.get(key);
      if (growth === undefined) {
        growths.set(key, { whole: text, lengths: [text.length] });
        return text;
      }
      const { whole: last, lengths } = growth;
      const goesOn = text.startsWith(last);
      // Equal texts at the very beginning are fragments, as in "ha" "ha"; a whole text would grow there.
      if (kind === "unknown" && (!goesOn || (lengths.length === 1 && text === last))) {
        decidePieces();
        return text;
      }
      if (text.length > last.length) {
        growth.whole = text;
        if (kind === "unknown") lengths.push(text.length);
        if (lengths.length > SURE_GROWTHS && text.length >= SURE_LENGTH) kind = "whole";
      } else if (kind === "unknown") lengths.push(text.length);
      // The output of a rewritten text cannot be taken back: only the part beyond its length is added.
      return goesOn ? text.slice(last.length) : text.slice(Math.min(last.length, text.length));
    },
  };
}
