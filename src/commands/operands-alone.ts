// Runs a command line of operands only, as most are, without loading commander; the result is the same.
import type { OptionValues } from "commander";
import type { CommandContext, CommandDefinition, NamedCommand } from "./command.ts";
import { HelpAsked } from "./help-asked.ts";
import { commands } from "./index.ts";

/** Whether `argv` has no options, and no word that could be the name of a command. */
export function areOperandsAlone(argv: readonly string[]): boolean {
  return argv.every((word) => !isOption(word) && !commands.some(({ name }) => name === word));
}

/** A lone dash is standard input. */
function isOption(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}

/** Runs a command with its operands and returns its exit code. Throws HelpAsked if there are too few. */
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

/** The arguments of a command without options, as commander returns them. */
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
