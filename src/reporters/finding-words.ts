// What reporters say of a finding, each in the same words.
import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../model/finding.ts";

const STDIN_NAME = "-";
const URL_LIKE = /^(?:[a-z][a-z0-9+.-]*:\/\/|https?:)/i;

/** Whether a source is a file, which an editor can open at a line. */
export function isFile(source: string): boolean {
  return source !== STDIN_NAME && !URL_LIKE.test(source);
}

/** A source as it may begin a line: GitHub takes a line for a command whose first characters, but spaces, are `::`. */
export function shownSource(source: string): string {
  return /^\s*::/.test(source) ? `./${source}` : source;
}

/**
 * `ci.log:34`, which terminals and editors open at that line; of what is no file, `line 34`. In a recorded body its line there,
 * too: `app.har:262 (body line 13)`. Untrusted text.
 */
export function placeOf(source: string, { line, bodyLine }: Pick<Finding, "line" | "bodyLine">): string {
  if (line === null) return shownSource(source);
  const place = isFile(source) ? `${shownSource(source)}:${line}` : `line ${line}`;
  return bodyLine === undefined ? place : `${place} (body line ${bodyLine})`;
}

/** A source as a URI, relative where the path is; standard input is `-`. */
export function uriOf(source: string): string {
  // No URI can say half a character; a name that was read from a file may still have one.
  const whole = source.toWellFormed();
  if (!isFile(whole)) return URL.canParse(whole) ? new URL(whole).href : encodeURIComponent(whole);
  return isAbsolute(whole) ? pathToFileURL(whole).href : whole.split(sep).map(encodeURIComponent).join("/");
}

/** The message, with what was expected and seen where it does not say both itself. Untrusted text. */
export function describeFinding({ message, expected, seen }: Finding): string {
  const compared = Object.entries({ expected, seen }).filter(([, value]) => value !== null);
  if (compared.every(([, value]) => says(message, value ?? ""))) return message;
  return `${message} (${compared.map(([name, value]) => `${name} ${value === "" ? '""' : value}`).join(", ")})`;
}

/** The message; with what was expected and seen where it says neither, and they are values. Untrusted text. */
export function describeBriefly({ message, expected, seen }: Finding): string {
  const compared = Object.entries({ expected, seen }).filter(([, value]) => value !== null);
  const isSaid = compared.some(([, value]) => says(message, value ?? ""));
  const values = compared.filter(([, value]) => !PHRASE.test(value ?? ""));
  if (isSaid || values.length === 0) return message;
  return `${message} (${values.map(([name, value]) => `${name} ${value === "" ? '""' : value}`).join(", ")})`;
}

/** Words for what the rule asks for, as its message has them. */
const PHRASE = /^(?:an?|the) /;

/** The line of a file, or the file, as a URI that terminals open; null where it is no file. */
export function linkTo(source: string, line: number | null): string | null {
  if (!isFile(source)) return null;
  const uri = pathToFileURL(source.toWellFormed()).href;
  // iTerm2, kitty and VS Code go to the line that a fragment names.
  return line === null ? uri : `${uri}#${line}`;
}

/** Whether a text has a value in it, and not as a part of a longer word or number. */
function says(text: string, value: string): boolean {
  return placeInText(text, value) !== null;
}

/** Where a text has a value in it, not as a part of a longer word or number; null: nowhere. */
export function placeInText(text: string, value: string): number | null {
  // It is found everywhere, and says nothing.
  if (value === "") return null;
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = [text[at - 1] ?? "", text[at + value.length] ?? ""];
    if (!around.some((character) => WORD_CHARACTER.test(character))) return at;
  }
  return null;
}

const WORD_CHARACTER = /^[\p{L}\p{N}_]$/u;
