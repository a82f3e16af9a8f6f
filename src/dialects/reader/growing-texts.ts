// Texts of protocols that send either pieces or the whole text so far, and do not say which: the second event shows it.

export interface GrowingTexts {
  /** What an event adds to the text with that key: all that it has, or what is new in it. */
  added(key: string, text: string): string;
}

/**
 * Takes a text for the whole one so far if it begins with all of the one before and goes on; one that does not makes all
 * of them pieces. All texts of a stream are of the same kind, so one that shows it decides for the others.
 * `known`: the protocol says that they are whole.
 */
export function createGrowingTexts(known: "unknown" | "whole" = "unknown"): GrowingTexts {
  let kind: "unknown" | "pieces" | "whole" = known;
  const before = new Map<string, string>();
  return {
    added(key, text) {
      if (kind === "pieces" || text === "") return text;
      const last = before.get(key) ?? "";
      const goesOn = text.startsWith(last);
      if (kind === "unknown" && last !== "") kind = goesOn && text.length > last.length ? "whole" : "pieces";
      if (kind === "pieces") {
        before.clear();
        return text;
      }
      // A whole text that was rewritten cannot be taken back: what is longer in it goes on.
      if (text.length > last.length) before.set(key, text);
      return goesOn ? text.slice(last.length) : text.slice(Math.min(last.length, text.length));
    },
  };
}
