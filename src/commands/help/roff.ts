// Text for troff, as groff_man(7) and mandoc's man(7) read it.

/**
 * What troff reads as something else, or draws as another character than the one that is typed:
 * https://man7.org/linux/man-pages/man7/groff_char.7.html
 */
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
  '"': "\\(dq",
};

const ASCII = /[\u0020-\u007e]/;

function escapeCharacters(words: string): string {
  return Array.from(words, (character) => {
    if (ASCII.test(character)) return ESCAPES[character] ?? character;
    return `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
  }).join("");
}

/** Text that is filled: one line, which is no request. */
export function roffText(words: string): string {
  return escapeCharacters(words.replaceAll("\n", " ")).replace(/^\./, "\\&.");
}

/** The same in bold. */
export function roffBold(words: string): string {
  return `\\fB${roffText(words)}\\fR`;
}

/** Lines that stay as they are. */
export function roffLines(words: string): string {
  return words.split("\n").map(roffText).join("\n");
}
