// Replaces ranges of bytes: text, ids and numbers.
import { LONGEST_ID, type Pseudonyms } from "./pseudonyms.ts";
import { redactDigit, redactUnit } from "./text.ts";
import { rewriteUnits } from "./units.ts";

/** Replaces text from `start` to `end`. */
export function redactText(bytes: Buffer, start = 0, end = bytes.length): void {
  rewriteUnits(bytes, start, end, redactUnit, false);
}

/** Replaces an id; the part over `LONGEST_ID` as text. `escapes`: it is in a JSON string. */
export function redactIdentifier(
  bytes: Buffer,
  start: number,
  end: number,
  pseudonyms: Pseudonyms,
  escapes: boolean,
): void {
  const units: number[] = [];
  const note = (unit: number): number => {
    if (units.length < LONGEST_ID) units.push(unit);
    return unit;
  };
  rewriteUnits(bytes, start, end, note, escapes);
  const pseudonym = pseudonyms(String.fromCharCode(...units));
  let place = 0;
  const replace = (unit: number): number => {
    place += 1;
    return place <= pseudonym.length ? pseudonym.charCodeAt(place - 1) : redactUnit(unit);
  };
  rewriteUnits(bytes, start, end, replace, escapes);
}

/** A whole number long enough to identify a person; an index or a JSON-RPC id is shorter. */
const NUMERIC_ID = /^(?<sign>-?)(?<digits>[1-9]\d{4,})$/;

/** Replaces a number that is an id by another of the same length; other numbers stay. */
export function redactNumber(bytes: Buffer, start: number, end: number, pseudonyms: Pseudonyms): void {
  const { sign = "", digits = "" } = NUMERIC_ID.exec(bytes.toString("latin1", start, end))?.groups ?? {};
  if (digits === "") return;
  if (digits.length > LONGEST_ID) return rewriteUnits(bytes, start, end, redactDigit, false);
  let pseudonym = pseudonyms(digits);
  // A number must not start with 0. Repeating a permutation still gives each number its own replacement.
  while (pseudonym.startsWith("0")) pseudonym = pseudonyms(pseudonym);
  bytes.write(pseudonym, start + sign.length, "latin1");
}
