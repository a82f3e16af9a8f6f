// Texts about a finding that all reporters share.
import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../model/finding.ts";

const STDIN_NAME = "-";
const URL_LIKE = /^(?:[a-z][a-z0-9+.-]*:\/\/|https?:)/i;

/** Whether a source is a file, which an editor can open at a line. */
export function isFile(source: string): boolean {
  return source !== STDIN_NAME && !URL_LIKE.test(source);
}

/**
 * A source that is safe at the start of a line: GitHub reads a line as a command if it starts with `::` after spaces.
 */
export function shownSource(source: string): string {
  return /^\s*::/.test(source) ? `./${source}` : source;
}

/**
 * `ci.log:34`, which terminals and editors open at that line; `line 34` if the source is not a file. In a recorded body
 * also its line there: `app.har:262 (body line 13)`. Untrusted text.
 */
export function placeOf(source: string, { line, bodyLine }: Pick<Finding, "line" | "bodyLine">): string {
  if (line === null) return shownSource(source);
  const place = isFile(source) ? `${shownSource(source)}:${line}` : `line ${line}`;
  return bodyLine === undefined ? place : `${place} (body line ${bodyLine})`;
}

/** A source as a URI, relative if the path is; standard input is `-`. */
export function uriOf(source: string): string {
  // A URI cannot contain half a surrogate pair, but a name read from a file may.
  const whole = source.toWellFormed();
  if (!isFile(whole)) return URL.canParse(whole) ? new URL(whole).href : encodeURIComponent(whole);
  return isAbsolute(whole) ? pathToFileURL(whole).href : whole.split(sep).map(encodeURIComponent).join("/");
}

/** The message, with the expected and the seen value if it does not contain both. Untrusted text. */
export function describeFinding({ message, expected, seen }: Finding): string {
  const compared = Object.entries({ expected, seen }).filter(([, value]) => value !== null);
  if (compared.every(([, value]) => says(message, value ?? ""))) return message;
  return `${message} (${compared.map(([name, value]) => `${name} ${value === "" ? '""' : value}`).join(", ")})`;
}

/** The message, with the expected and the seen value if it contains neither and they are values. Untrusted text. */
export function describeBriefly({ message, expected, seen }: Finding): string {
  const compared = Object.entries({ expected, seen }).filter(([, value]) => value !== null);
  const isSaid = compared.some(([, value]) => says(message, value ?? ""));
  const values = compared.filter(([, value]) => !PHRASE.test(value ?? ""));
  if (isSaid || values.length === 0) return message;
  return `${message} (${values.map(([name, value]) => `${name} ${value === "" ? '""' : value}`).join(", ")})`;
}

/** A phrase for what the rule expects, as opposed to a value. */
const PHRASE = /^(?:an?|the) /;

/** A URI of a line in a file, or of the file, that terminals can open; null if the source is not a file. */
export function linkTo(source: string, line: number | null): string | null {
  if (!isFile(source)) return null;
  const uri = pathToFileURL(source.toWellFormed()).href;
  // iTerm2, kitty and VS Code go to the line in the fragment.
  return line === null ? uri : `${uri}#${line}`;
}

/** Whether a text contains a value, not as part of a longer word or number. */
function says(text: string, value: string): boolean {
  return placeInText(text, value) !== null;
}

/** Where a text contains a value, not as part of a longer word or number; null if it does not. */
export function placeInText(text: string, value: string): number | null {
  // An empty value would be found everywhere.
  if (value === "") return null;
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = [text[at - 1] ?? "", text[at + value.length] ?? ""];
    if (!around.some((character) => WORD_CHARACTER.test(character))) return at;
  }
  return null;
}

const WORD_CHARACTER = /^[\p{L}\p{N}_]$/u;
