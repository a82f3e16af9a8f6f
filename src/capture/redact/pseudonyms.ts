// Replaces ids: the same value always gets the same replacement, different values get different ones, each as long as
// before. It is a permutation of all ids of one shape, with a key that is discarded with the redactor.
import { createHmac } from "node:crypto";
import { allDialects } from "../../dialects/all-dialects.ts";
import type { DialectTraits } from "../../model/dialect-traits.ts";
import { isCapitalLetter, isDigit, isSmallLetter, redactUnit } from "./text.ts";

/** Returns the replacement of an id, which has at most `LONGEST_ID` characters. */
export type Pseudonyms = (id: string) => string;

export const LONGEST_ID = 1000;

/** Prefixes of ids that only say the type of object; they stay. */
const prefixes = allDialects().flatMap(({ redaction }: DialectTraits) => redaction.idPrefixes);
const KNOWN_PREFIX = new RegExp(`^(?:(?:${[...new Set(prefixes)].join("|")})[-_])+`);
/** Short ids such as indexes reveal nothing and stay: `0`, `txt-0`. */
const LONGEST_KEPT = 4;
/** A cache, because the same ids repeat in every event. */
const MOST_REMEMBERED = 1000;
/** Four rounds of a Feistel network with sound functions are a sound permutation (Luby and Rackoff, 1988). */
const ROUNDS = 4;
const BLOCK_BYTES = 32;

export function createPseudonyms(key: Uint8Array): Pseudonyms {
  const remembered = new Map<string, string>();
  return (id) => {
    const known = remembered.get(id);
    if (known !== undefined) return known;
    const prefix = KNOWN_PREFIX.exec(id)?.[0] ?? "";
    const rest = id.slice(prefix.length);
    if (rest.length <= LONGEST_KEPT) return id;
    const pseudonym = prefix + permute(rest, key);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(id, pseudonym);
    return pseudonym;
  };
}

/** The possible replacements of a character: those of its kind, so that the shape stays. */
interface Alphabet {
  readonly first: number;
  readonly size: number;
}

const DIGITS: Alphabet = { first: 0x30, size: 10 };
const CAPITAL_LETTERS: Alphabet = { first: 0x41, size: 26 };
const SMALL_LETTERS: Alphabet = { first: 0x61, size: 26 };

function alphabetOf(unit: number): Alphabet | null {
  if (isDigit(unit)) return DIGITS;
  if (isSmallLetter(unit)) return SMALL_LETTERS;
  return isCapitalLetter(unit) ? CAPITAL_LETTERS : null;
}

/** A letter or digit of an id, and its position in its alphabet. */
interface Symbol {
  readonly alphabet: Alphabet;
  readonly place: number;
  value: number;
}

function permute(text: string, key: Uint8Array): string {
  const units = new Uint16Array(text.length);
  const symbols: Symbol[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    const alphabet = alphabetOf(unit);
    units[place] = redactUnit(unit);
    if (alphabet !== null) symbols.push({ alphabet, place, value: unit - alphabet.first });
  }
  const middle = symbols.length >> 1;
  const halves = [symbols.slice(0, middle), symbols.slice(middle)] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [source, target] = round % 2 === 0 ? halves : [halves[1], halves[0]];
    shift(target, stream(key, round, source, target.length));
  }
  for (const { alphabet, place, value } of symbols) units[place] = alphabet.first + value;
  return Buffer.from(units.buffer).toString("utf16le");
}

function shift(symbols: readonly Symbol[], by: Uint8Array): void {
  symbols.forEach((symbol, position) => {
    symbol.value = (symbol.value + (by[position] ?? 0)) % symbol.alphabet.size;
  });
}

/** Returns `length` bytes that look random without the key. */
function stream(key: Uint8Array, round: number, source: readonly Symbol[], length: number): Uint8Array {
  const values = Uint8Array.from(source, ({ value }) => value);
  const blocks = Array.from({ length: Math.ceil(length / BLOCK_BYTES) }, (_, block) =>
    createHmac("sha256", key).update(Uint8Array.of(round, block)).update(values).digest(),
  );
  return Buffer.concat(blocks);
}
