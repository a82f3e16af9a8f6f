// Replaces the keys of tool arguments character by character. The output is sent before the whole key is known, and a
// key may be data, such as `jane.doe@example.com`. So only known words of parameter names stay.
import { createHmac } from "node:crypto";
import { isCapitalLetter, isDigit, isSmallLetter, redactUnit } from "./text.ts";

/** Words that names of tool parameters consist of: `file_path`, `oldString`, `max_results`. */
const words: readonly string[] = `
  a action actions add address after age all amount answer api arg args arguments array at attachments author b before begin
  bin block body bool branch button by case cell channel char chars city class code codes color column columns command
  commands comment comments condition config content contents context coordinate coordinates count country create
  created currency current cwd data database date dates day days default delete delta depth description destination
  dest diff dir direction directory distance document domain duration edit edits elements email enabled encoding end
  endpoint env error event events exclude expression extra false field fields file filename files filter filters find
  first flag flags folder force format forecast foreground from full function glob group head header headers height hour hours html id
  ids image images include index info input insert instruction instructions interval is issue item items key keys keyword
  keywords kind label labels lang language languages last lat latitude left length level limit line lines link list
  lng location locations lon longitude match max message messages meta metadata method min minute minutes mode model month
  multi name names new next node note notes num number object offset old on op operation operator optional options order
  org output owner page pages param parameter parameters params parent part parts password pattern patch path paths
  payload percent phone pid place plan point port position prefix preview price priority private process product
  project prompt properties property protocol provider pull push qty quality quantity query queries question questions
  range rate reason recursive ref regex region remove replace replacement repo repository request response result results
  return right role root row rows run schema scope score script search second seconds section select selector sender
  server session sheet show size skip sort source space sql src start state status step steps stop stream street
  string strings style subject summary symbol system table tag tags target task tasks team temperature template test
  text thread threshold tickers time timeout timestamp timezone title to todo todos token tokens tool top topic total
  type types unit units update updated uri url urls user username users value values var variables version view wait
  week weight width with word words workdir x y year years z zip zone
`
  .trim()
  .split(/\s+/);
const known: ReadonlySet<string> = new Set(words);
const beginnings: ReadonlySet<string> = new Set(
  words.flatMap((word) => Array.from(word, (_, end) => word.slice(0, end + 1))),
);

/**
 * Returns the replacement of the character `unit` after `before` in a key. Equal input gives equal output, and
 * different characters differ.
 */
export type KeyCharacters = (before: string, unit: number) => number;

/** Characters of a key after this many are replaced as text. */
const LONGEST_KEY = 64;
const LETTERS = 26;
const DIGITS = 10;
const MOST_REMEMBERED = 10_000;

/** Replaces letters and digits of keys with the help of a secret, so that a copy does not reveal the keys. */
export function createKeyCharacters(secret: Uint8Array): KeyCharacters {
  const shifts = new Map<string, number>();

  function shiftBehind(before: string): number {
    const remembered = shifts.get(before);
    if (remembered !== undefined) return remembered;
    const shift = createHmac("sha256", secret).update("key").update(before).digest().readUInt16BE();
    if (shifts.size >= MOST_REMEMBERED) shifts.clear();
    shifts.set(before, shift);
    return shift;
  }

  return (before, unit) => {
    const [first, size] = isSmallLetter(unit)
      ? [0x61, LETTERS]
      : isCapitalLetter(unit)
        ? [0x41, LETTERS]
        : isDigit(unit)
          ? [0x30, DIGITS]
          : [0, 0];
    if (size === 0 || before.length >= LONGEST_KEY) return redactUnit(unit);
    return first + ((unit - first + shiftBehind(before)) % size);
  };
}

/** Reads one key, character by character, and returns the replacements. */
export function createKeyMap(characters: KeyCharacters): (unit: number) => number {
  let before = "";
  /** The current word, in lower case; null: the key does not consist of known words. */
  let word: string | null = "";

  /** The word with one more character, or the start of the next word; null: not a known word. */
  function goOn(unit: number): string | null {
    if (word === null) return null;
    const isOver = known.has(word);
    const isSeparator = unit === HYPHEN || unit === LOW_LINE;
    if (isSeparator || isDigit(unit)) return isOver || (isSeparator && word === "") ? (isSeparator ? "" : word) : null;
    const character = String.fromCharCode(unit).toLowerCase();
    if (isCapitalLetter(unit) && isOver) return beginnings.has(character) ? character : null;
    return beginnings.has(word + character) ? word + character : null;
  }

  return (unit) => {
    word = before.length < LONGEST_KEY ? goOn(unit) : null;
    const replaced = word === null ? characters(before, unit) : unit;
    if (before.length < LONGEST_KEY) before += String.fromCharCode(unit);
    return replaced;
  };
}

const HYPHEN = 0x2d;
const LOW_LINE = 0x5f;
