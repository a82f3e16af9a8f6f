// Stretches of bytes that are replaced as a whole: text, or an id.
import { LONGEST_ID, type Pseudonyms } from "./pseudonyms.ts";
import { redactDigit, redactUnit } from "./text.ts";
import { rewriteUnits } from "./units.ts";

/** Replaces text, from a place on. */
export function redactText(bytes: Buffer, start = 0, end = bytes.length): void {
  rewriteUnits(bytes, start, end, redactUnit, false);
}

/** Replaces an id, what is too long of it as text; `escapes`: it stands in a JSON string. */
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

/** A whole number that is long enough to be somebody's: an index or a JSON-RPC id is shorter. */
const NUMERIC_ID = /^(?<sign>-?)(?<digits>[1-9]\d{4,})$/;

/** Replaces a number that is an id by another one of as many digits; other numbers stay. */
export function redactNumber(bytes: Buffer, start: number, end: number, pseudonyms: Pseudonyms): void {
  const { sign = "", digits = "" } = NUMERIC_ID.exec(bytes.toString("latin1", start, end))?.groups ?? {};
  if (digits === "") return;
  if (digits.length > LONGEST_ID) return rewriteUnits(bytes, start, end, redactDigit, false);
  let pseudonym = pseudonyms(digits);
  // No number begins with 0. Of a permutation that is gone on with, each number still has its own.
  while (pseudonym.startsWith("0")) pseudonym = pseudonyms(pseudonym);
  bytes.write(pseudonym, start + sign.length, "latin1");
}
