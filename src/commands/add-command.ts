// Adds the definition of a command to commander.
import { type Command, Option } from "commander";
import type { ColorMode } from "../terminal/color.ts";
import type { CommandContext, CommandDefinition, NamedCommand } from "./command.ts";
import { HelpAsked } from "./help-asked.ts";
import { help } from "./options/general.ts";
import { InvalidValueError } from "./options/invalid-value.ts";
import { type CommandOption, flagsOf } from "./options/option.ts";

/** Sets up `command`; `onExitCode` gets the exit code of its run. A request for help throws HelpAsked. */
export function addCommand(
  command: Command,
  named: NamedCommand,
  context: Omit<CommandContext, "showHelp">,
  onExitCode: (code: number) => void,
): void {
  const { definition } = named;
  // The code that catches this loads and renders help: most runs print none.
  const showHelp = (): never => {
    const { color = "auto" } = command.opts<{ color?: ColorMode | false }>();
    throw new HelpAsked(named, color || "never");
  };
  addOptions(command, definition);
  for (const { form } of definition.operands) command.argument(form);
  command
    .helpOption(flagsOf(help))
    .configureHelp({ formatHelp: showHelp })
    .action(async () => onExitCode(await definition.run(command.args, command.opts(), { ...context, showHelp })));
}

function addOptions(command: Command, { options }: CommandDefinition): void {
  for (const option of options) {
    command.addOption(commanderOption(option));
    if (option.negation !== undefined) command.addOption(new Option(`--no-${option.name}`));
  }
}

function commanderOption(option: CommandOption): Option {
  const { default: fallback, parse, repeats } = option;
  const added = new Option(flagsOf(option));
  if (fallback?.value !== undefined) added.default(fallback.value);
  if (repeats === "collected") added.default([]).argParser(collecting(parse ?? asTyped));
  else if (parse !== undefined) added.argParser(parse);
  // The choices themselves are read when the option is used: listing them may load them.
  else if ("choices" in option) added.argParser((text: string) => oneOf(option, text));
  return added;
}

function oneOf({ choices = [] }: CommandOption, text: string): string {
  const names = choices.map(({ name }) => name);
  if (!names.includes(text)) throw new InvalidValueError(`Allowed choices are ${names.join(", ")}.`);
  return text;
}

type Parse = (text: string) => unknown;

const asTyped: Parse = (text) => text;

function collecting(parse: Parse) {
  return (text: string, previous: readonly unknown[]): readonly unknown[] => [...previous, parse(text)];
}
