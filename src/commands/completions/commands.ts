// From the values of all commands and options to what shells complete.
import { commands } from "../index.ts";
import type { CommandOption } from "../options/option.ts";
import { loadCommand, type NamedCommand, program } from "../named-command.ts";
import type { Completed, CompletedCommand, CompletedOption } from "./shell.ts";

/** Loads all commands. */
export async function completedCommands(): Promise<readonly CompletedCommand[]> {
  const others = commands.map(async (entry) => commandOf(entry.name, await loadCommand(entry)));
  return [commandOf("", program), ...(await Promise.all(others))];
}

function commandOf(name: string, { summary, definition, general }: NamedCommand): CompletedCommand {
  return {
    name,
    summary,
    options: [...definition.options, ...general].flatMap(spellings),
    operands: {
      words: definition.operands.flatMap(({ completes }) => (completes === "paths" ? [] : completes())),
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
