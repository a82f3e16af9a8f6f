// Characters that must not reach a terminal. Independent of src/terminal/visible.ts, so that a mistake there is found.

/**
 * Control characters except TAB and LF, bidirectional controls, and invisible characters: all that are ignored by
 * default except the joiners and variation selectors of emoji, and annotations.
 */
const DANGEROUS =
  /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** The colours that the program itself uses. */
// oxlint-disable-next-line no-control-regex -- this matches control characters on purpose
const OWN_COLOURS = /\u001b\[(?:1|2|22|31|32|33|35|36|39)m/g;

/** The dangerous characters in a text, except the program's colours if it may have them. */
export function dangerousIn(text: string, { mayHaveColours = false } = {}): string[] {
  const bare = mayHaveColours ? text.replace(OWN_COLOURS, "") : text;
  return bare.match(DANGEROUS) ?? [];
}

/** Attacks on a terminal, by their effect. */
export const attacks: Readonly<Record<string, string>> = {
  "write the clipboard (OSC 52)": "\u001b]52;c;cm0gLXJmIH4=\u0007",
  "forge a link (OSC 8)": "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\",
  "set the title (OSC 0)": "\u001b]0;owned\u001b\\",
  "have the title typed in (CSI 21 t)": "\u001b[21t",
  "clear the screen (CSI 2 J)": "\u001b[2J\u001b[H",
  "have an answer typed in (DECRQSS)": '\u001bP$q"p\u001b\\',
  "begin a sequence by one character (C1 CSI, OSC, DCS)": "\u009b2J\u009d0;owned\u009c\u0090$q\u009c",
  "change the line above (CSI A, backspace)": "\u001b[1A\u001b[2K\u0008\u0008",
  "write over the line (CR)": "good\rbad",
  "ring, shift, delete (BEL, SO, DEL, NUL)": "\u0007\u000e\u007f\u0000",
  "reorder what is read (RLO)": "\u202egnp.exe\u202c",
  "hide in a name (fillers, joiner of graphemes, vowels, annotations)":
    "a\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\ufff9b\ufffac\ufffb\u180b\u200b\u2060\u00ad\ufeff",
  "hide a message (tags, selectors of variations, musical and shorthand format controls)":
    "a\u{e0041}\u{e0100}\u{e01ef}\u{1d173}\u{1d17a}\u{1bca0}\u{1bca3}\u{e0fff}",
  "reorder what is read (isolates, marks)": "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c",
};

/** All attacks in one text. */
export const everyAttack = Object.values(attacks).join(" ");
