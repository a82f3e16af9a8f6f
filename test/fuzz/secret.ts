// Plants a text into streams; no redacted copy may contain it.
import type { Random } from "../mutation/random.ts";

export const SECRET = "Quixotic Zeppelin";

/** JSON strings with a space, after a key: text, not a type or an id. */
const PROSE = /(?<=:\s*)"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*"/g;

/** Puts the secret into a text. */
export function plantSecret(input: string, random: Random): string {
  const texts = [...input.matchAll(PROSE)];
  if (texts.length === 0) return input;
  const { 0: text, index } = random.pick(texts);
  const said = random.pick([SECRET, ` ${SECRET}`, `${SECRET}.`]);
  return `${input.slice(0, index)}"${said}"${input.slice(index + text.length)}`;
}
