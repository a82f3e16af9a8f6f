// From the values of a command and its options to what shells complete.
import type { NamedCommand } from "../command.ts";
import { commandName } from "../command-name.ts";
import type { CommandOption } from "../options/option.ts";
import type { Completed, CompletedCommand, CompletedOption } from "./shell.ts";

/** All commands as shells complete them. */
export function completedCommands(commands: readonly NamedCommand[]): CompletedCommand[] {
  const names = commands.map(commandName).filter((name) => name !== "");
  return commands.map((command) => completedCommand(command, names));
}

function completedCommand(command: NamedCommand, names: readonly string[]): CompletedCommand {
  const { summary, definition, general } = command;
  return {
    name: commandName(command),
    summary,
    options: [...definition.options, ...general].flatMap(spellings),
    operands: {
      words: definition.operands.flatMap(({ completes }) => (completes === "paths" ? [] : completes(names))),
      hasPaths: definition.operands.some(({ completes }) => completes === "paths"),
    },
  };
}

/** An option, and its negation if there is one. */
function spellings(option: CommandOption): CompletedOption[] {
  const { name, short, summary, value, repeats, negation } = option;
  const flags = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
  const positive = {
    flags,
    summary,
    value: value === undefined ? null : value.slice(1, -1),
    isValueOptional: value?.startsWith("[") === true,
    isRepeatable: repeats === "collected",
    completes: completedOf(option),
  };
  if (negation === undefined) return [positive];
  const negative = { ...positive, flags: [`--no-${name}`], summary: negation, value: null, completes: NOTHING };
  return [positive, negative];
}

const NOTHING: Completed = { words: [], hasPaths: false };

function completedOf({ choices = [], completes }: CommandOption): Completed {
  const words = choices.map(({ name }) => name);
  if (completes === undefined || completes === "paths") return { words, hasPaths: completes === "paths" };
  return { words: [...words, ...completes()], hasPaths: false };
}
