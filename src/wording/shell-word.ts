const PLAIN_WORD = /^[\w./@%+=:,][\w./@%+=:,-]*$/;

/** A text as one word of a POSIX shell, quoted if necessary. */
export function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
