import { loadAllCommands } from "../../../src/commands/all-commands.ts";
import type { NamedCommand } from "../../../src/commands/command.ts";
import type { CommandOption } from "../../../src/commands/options/option.ts";

/** The default command, and all others. */
export const allCommands: readonly NamedCommand[] = await loadAllCommands();

/** The words that run a command, without the program's name. */
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
