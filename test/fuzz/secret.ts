// A text that is planted into streams, and that no redacted copy may hold.
import type { Random } from "../mutation/random.ts";

export const SECRET = "Quixotic Zeppelin";

/** Strings of JSON behind a key that have a space in them: something is said. */
const PROSE = /(?<=:\s*)"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*"/g;

/** Puts the secret into something that is said. */
export function plantSecret(input: string, random: Random): string {
  const texts = [...input.matchAll(PROSE)];
  if (texts.length === 0) return input;
  const { 0: text, index } = random.pick(texts);
  const said = random.pick([SECRET, ` ${SECRET}`, `${SECRET}.`]);
  return `${input.slice(0, index)}"${said}"${input.slice(index + text.length)}`;
}
