// Texts of protocols that send either pieces or the whole text so far, and do not say which: what comes shows it.

export interface GrowingTexts {
  /** What an event adds to the text with that key: all that it has, or what is new in it. */
  added(key: string, text: string): string;
  /** Notes that the texts are pieces, by another sign than a text. */
  decidePieces(): void;
}

export interface GrowingTextsOptions {
  /** The protocol says that texts are whole. */
  readonly known?: "whole";
  /** Called if what was added so far was wrong: `text` is all of the text with that key, without what is added next. */
  readonly retell?: (key: string, text: string) => void;
}

/** Growths after which a text that does not go on with the one before was rewritten, and does not show that all are pieces. */
const SURE_GROWTHS = 6;
const SURE_LENGTH = 40;

interface Growth {
  /** The longest text so far. */
  whole: string;
  /** Of each text that came, its length: all are beginnings of `whole`. */
  readonly lengths: number[];
}

/**
 * Takes a text for the whole one so far as long as each begins with all of the one before. One that does not makes all of
 * them pieces, also those that came before: then `retell` is given the pieces joined. So nothing is ever cut. All texts of a
 * stream are of the same kind.
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
      // Alike at the very beginning are pieces, as in "ha" "ha"; a whole text grows there.
      if (kind === "unknown" && (!goesOn || (lengths.length === 1 && text === last))) {
        decidePieces();
        return text;
      }
      if (text.length > last.length) {
        growth.whole = text;
        if (kind === "unknown") lengths.push(text.length);
        if (lengths.length > SURE_GROWTHS && text.length >= SURE_LENGTH) kind = "whole";
      } else if (kind === "unknown") lengths.push(text.length);
      // A whole text that was rewritten cannot be taken back: what is longer in it goes on.
      return goesOn ? text.slice(last.length) : text.slice(Math.min(last.length, text.length));
    },
  };
}
