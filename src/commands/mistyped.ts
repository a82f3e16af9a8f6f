// What somebody meant who mistyped a command, which the default command takes for a source.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearest } from "../check/nearest.ts";
import { UserError } from "../errors.ts";
import { views } from "../views/index.ts";
import { commands } from "./index.ts";

/** What commands look like; paths seldom do. */
const WORD = /^[a-z]+$/i;

/** The hint for a first word that is no file but a format, or nearly a command; null: it is something else. */
export function commandHint(word: string | undefined, cwd: string): string | null {
  if (word === undefined || !WORD.test(word) || existsSync(resolve(cwd, word))) return null;
  const format = views.find(({ name }) => name === word);
  if (format !== undefined) return `${word} is a format: ssescope FILE --format ${word}`;
  const names = commands.map(({ name }) => name);
  const meant = nearest(word, names);
  return meant === null || names.includes(word) ? null : `did you mean ssescope ${meant}?`;
}

/** Throws UserError if the first source is no file but a format, or nearly a command: what follows it was meant for that. */
export function refuseMistypedCommand([first]: readonly string[], cwd: string): void {
  const hint = commandHint(first, cwd);
  if (hint !== null) throw new UserError(`there is no command ${first}, and no such file`, hint);
}

/** The hint for an option that does not exist, which may be another command's; null: there is none. */
export function optionHint(option: string, argv: readonly string[], cwd: string): string | null {
  // What -v prints elsewhere is the version, or more than usual.
  if (option === "-v") return "ssescope -V prints the version; ssescope -h lists the usual options";
  return commandHint(argv[0], cwd);
}
