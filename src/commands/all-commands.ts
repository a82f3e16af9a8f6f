// The commands with their names, for help, completions and the reference.
import metadata from "../../package.json" with { type: "json" };
import type { CommandEntry, NamedCommand } from "./command.ts";
import { commands } from "./index.ts";
import { inspectCommand } from "./inspect.ts";
import { commandOptions, programOptions } from "./options/general.ts";

export const PROGRAM_NAME = "ssescope";

/** The program, which is its default command. */
export const program: NamedCommand = {
  name: PROGRAM_NAME,
  summary: metadata.description,
  definition: inspectCommand,
  general: programOptions,
  commands,
};

/** Loads a command other than the default one. */
export async function loadCommand({ name, summary, load }: CommandEntry): Promise<NamedCommand> {
  return { name: `${PROGRAM_NAME} ${name}`, summary, definition: await load(), general: commandOptions, commands: [] };
}

/** Loads the program and all other commands. */
export async function loadAllCommands(): Promise<readonly NamedCommand[]> {
  return [program, ...(await Promise.all(commands.map(loadCommand)))];
}
