// Converts a command and its options to what shells complete.
import type { NamedCommand } from "../command.ts";
import { commandName } from "../command-name.ts";
import type { CommandOption } from "../options/option.ts";
import type { Completed, CompletedAfter, CompletedCommand, CompletedOption } from "./shell.ts";

/** All commands, for shells. */
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
      after: [],
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

const NOTHING: Completed = { words: [], hasPaths: false, after: [] };

function completedOf({ choices = [], completes = () => [], completesAfter }: CommandOption): Completed {
  const names = choices.map(({ name }) => name);
  const words = completes === "paths" ? names : [...names, ...completes()];
  return { words, hasPaths: completes === "paths", after: completedAfter(words, completesAfter) };
}

/** The completions after words, grouped if they are the same; words without completions are left out. */
function completedAfter(
  words: readonly string[],
  completesAfter: CommandOption["completesAfter"],
): readonly CompletedAfter[] {
  if (completesAfter === undefined) return [];
  if (completesAfter === "paths") return [{ of: null, words: [], hasPaths: true }];
  const beginnings = words.map((word) => word.replace(/=$/, ""));
  const groups = new Map<string, string[]>();
  for (const word of beginnings) {
    const followers = completesAfter(word).join(" ");
    groups.set(followers, [...(groups.get(followers) ?? []), word]);
  }
  return [...groups]
    .filter(([followers]) => followers !== "")
    .map(([followers, of]) => ({
      of: groups.size === 1 ? null : of,
      words: followers.split(" "),
      hasPaths: false,
    }));
}
