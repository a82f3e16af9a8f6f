// Says what is wrong with a command line, and how to write it: commander's messages name neither what is missing nor how
// to use the command. Loaded only for wrong usage.
import type { CommandDefinition, NamedCommand } from "./command.ts";
import { usageOf } from "./help/help.ts";
import { flagsOf } from "./options/option.ts";

interface UsageError {
  /** May quote an argument: untrusted text. */
  readonly message: string;
  /** What to do, line by line. */
  readonly hints: readonly string[];
}

/** `message`: commander's, with the code of its error. */
export function describeUsageError(command: NamedCommand, code: string, message: string): UsageError {
  const { name, definition } = command;
  const ownName = name.split(" ").at(-1) ?? name;
  const usage = `usage: ${usageOf(command)}`;
  if (code === "commander.missingArgument") {
    const [example] = definition.examples();
    return {
      message: `${ownName} needs ${describeOperand(definition, message)}`,
      hints: [usage, ...(example === undefined ? [] : [`for example: ${onOneLine(example.command)}`])],
    };
  }
  if (code === "commander.excessArguments") {
    const [, given = ""] = /but got (\d+)/.exec(message) ?? [];
    const most = definition.operands.length;
    const taken = most === 0 ? "no arguments" : most === 1 ? "one argument" : `${most} arguments`;
    return { message: `${ownName} takes ${taken}, but got ${given}`, hints: [usage] };
  }
  if (code === "commander.optionMissingArgument") return describeMissingValue(definition, message);
  return { message, hints: [] };
}

/** `<b> (the second stream)` for `missing required argument 'b'`. */
function describeOperand({ operands }: CommandDefinition, message: string): string {
  const [, missing = ""] = /'([^']*)'/.exec(message) ?? [];
  const operand = operands.find(({ form }) => form.replaceAll(/[<>.]/g, "") === missing);
  return operand === undefined ? missing : `${operand.form} (${operand.summary})`;
}

/** `--by needs <keys>` and what the option does, for `option '--by <keys>' argument missing`. */
function describeMissingValue({ options }: CommandDefinition, message: string): UsageError {
  const option = options.find((one) => message.includes(`'${flagsOf(one)}'`));
  if (option === undefined) return { message, hints: [] };
  const { name, value = "a value", summary, choices = [] } = option;
  const names = choices.map((choice) => choice.name).join(", ");
  return { message: `--${name} needs ${value}`, hints: [names === "" ? summary : `${summary}: ${names}`] };
}

/** A command that is written in several lines. */
function onOneLine(command: string): string {
  return command.replaceAll(/ \\\n\s*/g, " ");
}
