const PLAIN_WORD = /^[\w./@%+=:,][\w./@%+=:,-]*$/;

/** A text as one word of a POSIX shell, quoted where it has to be. */
export function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
