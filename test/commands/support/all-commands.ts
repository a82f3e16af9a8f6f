import { commands } from "../../../src/commands/index.ts";
import { loadCommand, type NamedCommand, program } from "../../../src/commands/named-command.ts";
import type { CommandOption } from "../../../src/commands/options/option.ts";

/** The default command, and all others. */
export const allCommands: readonly NamedCommand[] = [program, ...(await Promise.all(commands.map(loadCommand)))];

/** What is typed to run a command, without the program's name. */
export function argvOf({ name }: NamedCommand): string[] {
  return name.split(" ").slice(1);
}

export function optionsOf({ definition, general }: NamedCommand): readonly CommandOption[] {
  return [...definition.options, ...general];
}

/** The long flags of a command: `--color`, `--no-color` … */
export function longFlagsOf(command: NamedCommand): string[] {
  return optionsOf(command).flatMap(({ name, negation }) =>
    negation === undefined ? [`--${name}`] : [`--${name}`, `--no-${name}`],
  );
}
