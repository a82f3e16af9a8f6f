// Parses header lines that a user types, `Name: value`.
import { UserError } from "../errors.ts";

/** Header names and methods (RFC 9110, 5.6.2). */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Header values: visible ASCII, space, tab, and bytes over 0x7f (RFC 9110, 5.5). CR, LF and NUL would let a value
// add another header.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers by lower-case name; the last of the same name wins. Throws UserError; no message contains a value. */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!TOKEN.test(name)) {
      throw new UserError(
        "a --header is not of the form 'Name: value'",
        "its text is hidden because it may contain a key",
      );
    }
    const value = line.slice(colon + 1).trim();
    if (!HEADER_VALUE.test(value)) {
      throw new UserError(
        `the value of the header ${name} contains a character that cannot be sent`,
        "look for a line break in it",
      );
    }
    headers[name] = value;
  }
  return headers;
}
