// Text from a stream is hostile to terminals: control sequences move the cursor, write the clipboard, forge links;
// bidirectional controls reorder what is read. They are shown, one by one, never sent. In logs it is hostile to CI systems,
// which obey what looks like a command.

/* oxlint-disable no-control-regex, no-misleading-character-class -- characters that cannot be seen are what this is about */
/**
 * C0 but TAB and LF, DEL, C1; the bidirectional controls (Unicode UAX #9); what has no width and hides text: the characters
 * with the property Default_Ignorable_Code_Point (https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt),
 * and the interlinear annotation characters. The zero-width joiners and the variation selectors U+FE00 to U+FE0F stay: emoji
 * and several scripts are written with them. Those beyond U+FFFF are pairs here: a pattern of code points is slower.
 */
const DANGEROUS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\udb40-\udb43][\udc00-\udfff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]/g;
/** The same and the line breaks: for text that must stay on its line. */
const DANGEROUS_OR_BREAK =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\udb40-\udb43][\udc00-\udfff]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]/g;
/* oxlint-enable no-control-regex, no-misleading-character-class */

/** `##[add-mask]`, `##vso[…]`, `##teamcity[…]`: what GitHub, Azure and TeamCity obey wherever it stands in a line. */
const LOG_COMMAND = /##(?=[a-z]*\[)/gi;

const CARET_OFFSET = 0x40;
const DELETE = 0x7f;

/** Text that may be of several lines, with each dangerous character made visible: ESC as ^[, U+202E as \u202e. */
export function visible(text: string): string {
  return text.replace(DANGEROUS, show);
}

/** Text on one line: as `visible`, line breaks and tabs shown too, and no command to a CI. */
export function visibleLine(text: string): string {
  return text.replace(DANGEROUS_OR_BREAK, show).replace(LOG_COMMAND, "# #");
}

/** JSON text with the same characters as \u escapes: the same value, and harmless. */
export function visibleJson(json: string): string {
  return json.replace(DANGEROUS, escape);
}

/** JSON text that is no command to a CI: the same value, for there is no `##` between strings. */
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

/** As JSON escapes it: a character beyond U+FFFF as two. */
function escape(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
