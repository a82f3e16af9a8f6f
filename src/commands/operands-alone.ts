// A command line that is operands and nothing else, as most are: commander, which would find the same, is not loaded for it.
import type { OptionValues } from "commander";
import type { CommandContext, CommandDefinition, NamedCommand } from "./command.ts";
import { HelpAsked } from "./help-asked.ts";
import { commands } from "./index.ts";

/** Whether `argv` holds no option, and no word that might be the name of a command. */
export function areOperandsAlone(argv: readonly string[]): boolean {
  return argv.every((word) => !isOption(word) && !commands.some(({ name }) => name === word));
}

/** Lone dashes are standard input. */
function isOption(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}

/** Runs a command with its operands and gives its exit code. Throws HelpAsked where they are too few. */
export function runOperandsAlone(
  named: NamedCommand,
  operands: readonly string[],
  context: Omit<CommandContext, "showHelp">,
): Promise<number> {
  const { definition } = named;
  const showHelp = (): never => {
    throw new HelpAsked(named, "auto");
  };
  return definition.run(operands, defaultArguments(definition), { ...context, showHelp });
}

/** The arguments of a command for which no option was given, as commander gives them. */
export function defaultArguments({ options }: Pick<CommandDefinition, "options">): OptionValues {
  const values: OptionValues = {};
  for (const { name, default: fallback, repeats } of options) {
    if (repeats === "collected") values[inCamelCase(name)] = [];
    else if (fallback?.value !== undefined) values[inCamelCase(name)] = fallback.value;
  }
  return values;
}

function inCamelCase(name: string): string {
  const [first = "", ...others] = name.split("-");
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
