// Derives from a dialect's facts which strings of an event are tool arguments, and which base64.
import { type Fact, isTextDelta, isTextEnd } from "../../model/facts.ts";
import type { KeyCharacters } from "./argument-keys.ts";
import type { UnitMap } from "./text.ts";
import { createArgumentsMap } from "./tool-arguments.ts";

/** The strings of one event; each is asked about once, in order. */
export interface FactTexts {
  readonly hasError: boolean;
  /** For a text that is arguments, or the next piece of them; null if no fact says so. */
  argumentsMap(text: string): UnitMap | null;
  /** For arguments that only their key shows to be arguments. */
  newArgumentsMap(): UnitMap;
  /** Whether a text is of another kind: the key `input` also holds an interpreter's code. */
  isOther(text: string): boolean;
  /** Whether a text is a piece of media. */
  isMedia(text: string): boolean;
}

export interface TextLedger {
  /** Reads the facts of the next event. */
  read(facts: readonly Fact[]): FactTexts;
}

/** Limit on calls followed per response; a hostile stream could begin one with every event. */
const MOST_CALLS = 10_000;
/** A shorter match may be chance. */
const SHORTEST_MEDIA = 16;
const BASE64 = /^[\w+/=-]*$/;

/** Keeps the reading state of each call's arguments. */
export function createTextLedger(keyCharacters: KeyCharacters): TextLedger {
  let calls = new Map<string, UnitMap>();

  function callOf(key: string): UnitMap {
    const known = calls.get(key);
    if (known !== undefined) return known;
    const map = createArgumentsMap(keyCharacters);
    if (calls.size < MOST_CALLS) calls.set(key, map);
    return map;
  }

  return {
    read(facts) {
      const pieces: { readonly text: string; readonly call: string | null }[] = [];
      const others = new Set<string>();
      const mediaLengths = new Set<number>();
      for (const fact of facts) {
        if (fact.type === "response-start") calls = new Map();
        else if (fact.type === "media-delta") mediaLengths.add(fact.base64Length);
        if (!isTextDelta(fact) && !isTextEnd(fact)) continue;
        const { type, text, item, part } = fact;
        if (text === null || text === "") continue;
        const isPiece = type === "tool-input-delta" && !("late" in fact);
        if (isPiece) pieces.push({ text, call: `${item}/${part}` });
        else if (type.startsWith("tool-input")) pieces.push({ text, call: null });
        else others.add(text);
      }
      return {
        hasError: facts.some(({ type }) => type === "error-reported"),
        argumentsMap(text) {
          const place = pieces.findIndex((piece) => piece.text === text);
          const [piece] = place === -1 ? [] : pieces.splice(place, 1);
          if (piece === undefined) return null;
          return piece.call === null ? createArgumentsMap(keyCharacters) : callOf(piece.call);
        },
        newArgumentsMap: () => createArgumentsMap(keyCharacters),
        isOther: (text) => others.has(text),
        isMedia: (text) => text.length >= SHORTEST_MEDIA && mediaLengths.has(text.length) && BASE64.test(text),
      };
    },
  };
}
