// A command with its name: what help, the completions and the reference are made of.
import metadata from "../../package.json" with { type: "json" };
import type { CommandDefinition, CommandEntry } from "./command.ts";
import { commands } from "./index.ts";
import { inspectCommand } from "./inspect.ts";
import { commandOptions, programOptions } from "./options/general.ts";
import type { CommandOption } from "./options/option.ts";

export const PROGRAM_NAME = "ssescope";

export interface NamedCommand {
  /** As it is typed: `ssescope`, `ssescope check`. */
  readonly name: string;
  readonly summary: string;
  readonly definition: CommandDefinition;
  /** The options that commander acts on. */
  readonly general: readonly CommandOption[];
  readonly commands: readonly CommandEntry[];
}

/** The program, which is its default command. */
export const program: NamedCommand = {
  name: PROGRAM_NAME,
  summary: metadata.description,
  definition: inspectCommand,
  general: programOptions,
  commands,
};

/** A command beside the default one. Loads it. */
export async function loadCommand({ name, summary, load }: CommandEntry): Promise<NamedCommand> {
  return { name: `${PROGRAM_NAME} ${name}`, summary, definition: await load(), general: commandOptions, commands: [] };
}
