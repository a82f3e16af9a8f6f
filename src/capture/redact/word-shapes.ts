// The shapes of words, names and paths: under a protocol's keys, only strings of these shapes stay.

/** Names, types, versions, media types and dates; not a tuned model or a resource. */
const WORD = /^(?!ft:|arn:)[\w.][\w.:/+;=-]{0,127}$/;
/** Names of tools; file names have a dot. */
const TOOL_NAME = /^[\w-]{1,64}$/;
/** Keys of another shape are data. */
const NAME = /^[A-Za-z_$][\w$./-]{0,63}$/;
/** A place in arguments, made of names and indexes: https://www.rfc-editor.org/rfc/rfc9535 */
const JSON_PATH = /^\$(?:\.[A-Za-z_$][\w$-]{0,63}|\[\d+\])*$/;

export function isWord(value: string): boolean {
  return WORD.test(value);
}

export function isToolName(name: string): boolean {
  return TOOL_NAME.test(name);
}

export function isName(key: string): boolean {
  return NAME.test(key);
}

export function isPlainPath(path: string): boolean {
  return JSON_PATH.test(path);
}
