// Makes untrusted text safe in output for other programs: readers of a format, or a CI that looks for commands in its
// log.
import { visibleLine } from "../terminal/visible.ts";

/** Not allowed in UTF-8 or XML 1.0 (https://www.w3.org/TR/xml/#charsets): lone surrogates, U+FFFE and U+FFFF. */
const UNSPEAKABLE = /[\p{Surrogate}\ufffe\uffff]/gu;

/** Text on one line, with control characters, line breaks and invalid characters made visible. */
export function plainLine(text: string): string {
  return visibleLine(text).replace(UNSPEAKABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}
