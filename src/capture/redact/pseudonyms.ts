// Ids by other ids: the same one always by the same, different ones by different ones, each as long as before. A
// permutation of all ids of one shape, by a key that is thrown away with the redactor.
import { createHmac } from "node:crypto";
import { allDialects } from "../../dialects/all-dialects.ts";
import type { DialectTraits } from "../../model/dialect-traits.ts";
import { isCapitalLetter, isDigit, isSmallLetter, redactUnit } from "./text.ts";

/** Gives the id that stands in the place of another, which is `LONGEST_ID` characters long at most. */
export type Pseudonyms = (id: string) => string;

export const LONGEST_ID = 1000;

/** What ids begin with that says only what they are of; it stays. */
const prefixes = allDialects().flatMap(({ redaction }: DialectTraits) => redaction.idPrefixes);
const KNOWN_PREFIX = new RegExp(`^(?:(?:${[...new Set(prefixes)].join("|")})[-_])+`);
/** An index or the like, of which many ids are made, tells nothing: `0`, `txt-0`. */
const LONGEST_KEPT = 4;
/** Ids come again and again, event by event. */
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

/** The characters that a character is exchanged for: those of its kind, so that the shape stays. */
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

/** A letter or digit of an id, and where in its alphabet it stands. */
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

/** As many bytes as are asked for, which nobody tells from random ones who does not have the key. */
function stream(key: Uint8Array, round: number, source: readonly Symbol[], length: number): Uint8Array {
  const values = Uint8Array.from(source, ({ value }) => value);
  const blocks = Array.from({ length: Math.ceil(length / BLOCK_BYTES) }, (_, block) =>
    createHmac("sha256", key).update(Uint8Array.of(round, block)).update(values).digest(),
  );
  return Buffer.concat(blocks);
}
