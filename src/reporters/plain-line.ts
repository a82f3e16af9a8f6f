// Untrusted text in output that something else reads: another format's reader, or a CI that looks for commands in its log.
import { visibleLine } from "../terminal/visible.ts";

/** What UTF-8 or XML 1.0 (https://www.w3.org/TR/xml/#charsets) cannot hold: half characters, and U+FFFE and U+FFFF. */
const UNSPEAKABLE = /[\p{Surrogate}\ufffe\uffff]/gu;

/** Text on one line, with control characters, line breaks and what is no character made visible. */
export function plainLine(text: string): string {
  return visibleLine(text).replace(UNSPEAKABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}
