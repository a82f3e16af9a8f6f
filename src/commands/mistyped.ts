// Hints for mistyped commands, which the default command takes for sources.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearest } from "../check/nearest.ts";
import { UserError } from "../errors.ts";
import { views } from "../views/index.ts";
import { commands } from "./index.ts";

/** The form of a command; paths rarely have it. */
const WORD = /^[a-z]+$/i;

/** The hint for a first word that is a format or nearly a command, and not a file; otherwise null. */
export function commandHint(word: string | undefined, cwd: string): string | null {
  if (word === undefined || !WORD.test(word) || existsSync(resolve(cwd, word))) return null;
  const format = views.find(({ name }) => name === word);
  if (format !== undefined) return `${word} is a format: ssescope FILE --format ${word}`;
  const names = commands.map(({ name }) => name);
  const meant = nearest(word, names);
  return meant === null || names.includes(word) ? null : `did you mean ssescope ${meant}?`;
}

/** Throws UserError if the first source is a format or nearly a command, and not a file. */
export function refuseMistypedCommand([first]: readonly string[], cwd: string): void {
  const hint = commandHint(first, cwd);
  if (hint !== null) throw new UserError(`there is no command ${first}, and no such file`, hint);
}

/** The hint for an unknown option, which may belong to another command; null if there is none. */
export function optionHint(option: string, argv: readonly string[], cwd: string): string | null {
  // In other programs, -v prints the version or more output.
  if (option === "-v") return "ssescope -V prints the version; ssescope -h lists the usual options";
  if (option === "--format" && argv[0] === "check") return "check has --reporter: human, json, html and others";
  return commandHint(argv[0], cwd);
}
