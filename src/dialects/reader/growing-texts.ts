// Texts of protocols that send either pieces or the whole text so far, and do not say which: the second event shows it.

export interface GrowingTexts {
  /** What an event adds to the text with that key: all that it has, or what is new in it. */
  added(key: string, text: string): string;
}

/**
 * Takes a text for the whole one so far if it begins with all of the one before and goes on; one that does not makes all
 * of them pieces. All texts of a stream are of the same kind, so one that shows it decides for the others.
 */
export function createGrowingTexts(): GrowingTexts {
  let kind: "unknown" | "pieces" | "whole" = "unknown";
  const before = new Map<string, string>();
  return {
    added(key, text) {
      if (kind === "pieces" || text === "") return text;
      const known = before.get(key) ?? "";
      const goesOn = text.startsWith(known);
      if (kind === "unknown" && known !== "") kind = goesOn && text.length > known.length ? "whole" : "pieces";
      if (kind === "pieces") {
        before.clear();
        return text;
      }
      // A whole text that was rewritten cannot be taken back: what is longer in it goes on.
      if (text.length > known.length) before.set(key, text);
      return goesOn ? text.slice(known.length) : text.slice(Math.min(known.length, text.length));
    },
  };
}
