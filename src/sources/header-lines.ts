// Lines as a user types them, `Name: value`, to headers that can be sent.
import { UserError } from "../errors.ts";

/** The names of headers, and methods (RFC 9110, 5.6.2). */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// Header values: visible ASCII, space, tab, and bytes over 0x7f (RFC 9110, 5.5). CR, LF and NUL would let one header
// smuggle in another.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers by their names in lower case; the last one of a name holds. Throws UserError; no message quotes a value. */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!TOKEN.test(name)) {
      throw new UserError(
        "a --header is not of the form 'Name: value'",
        "its text is not shown, for it may hold a key",
      );
    }
    const value = line.slice(colon + 1).trim();
    if (!HEADER_VALUE.test(value)) {
      throw new UserError(
        `the value of the header ${name} holds a character that cannot be sent`,
        "look for a line break in it",
      );
    }
    headers[name] = value;
  }
  return headers;
}
