// Untrusted text in output that something else reads: another format's reader, or a CI that looks for commands in its log.
import { visibleLine } from "../terminal/visible.ts";

/** What UTF-8 or XML 1.0 (https://www.w3.org/TR/xml/#charsets) cannot hold: half characters, and U+FFFE and U+FFFF. */
const UNSPEAKABLE = /[\p{Surrogate}\ufffe\uffff]/gu;

/** Text on one line, with control characters, line breaks and what is no character made visible. */
export function plainLine(text: string): string {
  return visibleLine(text).replace(UNSPEAKABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** `##[add-mask]`, `##vso[…]`, `##teamcity[…]`: what GitHub, Azure and TeamCity obey wherever it stands in a line. */
const LOG_COMMAND = /##(?=[a-z]*\[)/gi;

/** Text in a line of a log, which is no command to a CI. */
export function logLine(text: string): string {
  return plainLine(text).replace(LOG_COMMAND, "# #");
}
