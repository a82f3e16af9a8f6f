// Text from a stream is untrusted. Control sequences can move a terminal's cursor, write the clipboard or forge links;
// bidirectional controls reorder text. They are escaped, never sent. In logs, text can also be a command to a CI
// system.

/* oxlint-disable no-control-regex, no-misleading-character-class -- these patterns match invisible characters */
/**
 * C0 except TAB and LF, DEL, C1; the bidirectional controls (Unicode UAX #9); characters without width that can hide
 * text: those with the property Default_Ignorable_Code_Point
 * (https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt), and the interlinear annotation characters.
 * The zero-width joiners and the variation selectors U+FE00 to U+FE0F stay, because emoji and several scripts need
 * them. Characters beyond U+FFFF are written as surrogate pairs, because a pattern of code points is slower.
 */
const DANGEROUS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\udb40-\udb43][\udc00-\udfff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]/g;
/** The same plus the line breaks, for text that must stay on its line. */
const DANGEROUS_OR_BREAK =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\udb40-\udb43][\udc00-\udfff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]/g;
/* oxlint-enable no-control-regex, no-misleading-character-class */

/** `##[add-mask]`, `##vso[…]`, `##teamcity[…]`: commands to GitHub, Azure and TeamCity, anywhere in a line. */
const LOG_COMMAND = /##(?=[a-z]*\[)/gi;

const CARET_OFFSET = 0x40;
const DELETE = 0x7f;

/** Escapes each dangerous character of a text, which may have several lines: ESC as ^[, U+202E as \u202e. */
export function visible(text: string): string {
  return text.replace(DANGEROUS, show);
}

/** Like `visible`, for text on one line: also escapes line breaks and tabs, and breaks up commands to a CI system. */
export function visibleLine(text: string): string {
  return text.replace(DANGEROUS_OR_BREAK, show).replace(LOG_COMMAND, "# #");
}

/** JSON text with the same characters as \u escapes: the same value, without dangerous characters. */
export function visibleJson(json: string): string {
  return json.replace(DANGEROUS, escape);
}

/** JSON text without commands to a CI system: the same value, because `##` occurs only within strings. */
export function inertJson(json: string): string {
  return json.replace(LOG_COMMAND, "#\\u0023");
}

function show(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  const code = character.charCodeAt(0);
  if (code < 0x20) return `^${String.fromCharCode(code + CARET_OFFSET)}`;
  return code === DELETE ? "^?" : escape(character);
}

/** The escape that JSON uses: a character beyond U+FFFF becomes two. */
function escape(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
