// Bytes in, text out, with a name in angle brackets for invisible characters and for bytes that are not text.

/** UTF-8 as defined in https://www.rfc-editor.org/rfc/rfc3629#section-4; the last alternative is an invalid byte. */
const CHARACTERS =
  /[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|\xed[\x80-\x9f]|[\xe1-\xec\xee\xef][\x80-\xbf])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|\xf4[\x80-\x8f]|[\xf1-\xf3][\x80-\xbf])[\x80-\xbf]{2}|[^]/g;

/** Characters that some readers treat as line ends, except LF. */
const OTHER_LINE_ENDS = /[\r\u0085\u2028\u2029]/g;

/** The text of UTF-8 with `<F6>` for a byte that is not UTF-8, `<CR>` and `<U+2028>` for line ends other than LF. */
export function spellOut(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(CHARACTERS, (units) => {
      const isByte = units.length === 1 && units > "\x7f";
      return isByte ? `<${hex(units, 2)}>` : Buffer.from(units, "latin1").toString("utf8");
    })
    .replace(OTHER_LINE_ENDS, (end) => (end === "\r" ? "<CR>" : `<U+${hex(end, 4)}>`));
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(digits, "0");
}
