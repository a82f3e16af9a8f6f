// The commands with their names: what help, the completions and the reference are made of.
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

/** A command beside the default one. Loads it. */
export async function loadCommand({ name, summary, load }: CommandEntry): Promise<NamedCommand> {
  return { name: `${PROGRAM_NAME} ${name}`, summary, definition: await load(), general: commandOptions, commands: [] };
}

/** The program and all other commands. Loads them. */
export async function loadAllCommands(): Promise<readonly NamedCommand[]> {
  return [program, ...(await Promise.all(commands.map(loadCommand)))];
}
