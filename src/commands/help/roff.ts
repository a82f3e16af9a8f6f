// Escapes text for troff, as groff_man(7) and mandoc's man(7) read it.

/**
 * Characters that troff interprets, or prints as another character:
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

/** Filled text: one line that is not read as a request. */
export function roffText(words: string): string {
  return escapeCharacters(words.replaceAll("\n", " ")).replace(/^\./, "\\&.");
}

/** Filled text in bold. */
export function roffBold(words: string): string {
  return `\\fB${roffText(words)}\\fR`;
}

/** Lines that are not filled. */
export function roffLines(words: string): string {
  return words.split("\n").map(roffText).join("\n");
}
