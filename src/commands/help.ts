// `ssescope help [name]`: a command in full, or one topic.
import { suggest } from "../check/nearest.ts";
import { UserError } from "../errors.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { CommandDefinition, Example, NamedCommand } from "./command.ts";
import { commandName } from "./command-name.ts";
import { longHelp, overview, sectionsHelp } from "./help/help.ts";
import type { Layout } from "./help/layout.ts";
import { printHelp } from "./help/print-help.ts";
import { topics } from "./help/topics.ts";
import { colorOptions } from "./options/output.ts";

function examples(): readonly Example[] {
  return [
    { command: "ssescope help", meaning: "list commands and topics" },
    { command: "ssescope help check", meaning: "explain a command, like check --help" },
    { command: "ssescope help expectations", meaning: "explain what --expect takes" },
  ];
}

/** Throws UserError for an unknown name. */
async function textOf(name: string | undefined, commands: readonly NamedCommand[], layout: Layout): Promise<string> {
  if (name === undefined) return overview(commands, layout);
  const command = commands.find((each) => commandName(each) === name || each.name === name);
  if (command !== undefined) return longHelp(command, layout);
  const topic = topics.find((each) => each.name === name);
  if (topic !== undefined) return sectionsHelp(await topic.sections(), layout);
  const known = [...commands.map(commandName), ...topics.map((each) => each.name)].filter((each) => each !== "");
  throw new UserError(`there is no help on ${name}`, suggest(name, known));
}

export const helpCommand: CommandDefinition<typeof colorOptions> = {
  operands: [
    {
      form: "[name]",
      summary: `a command, or ${topics.map(({ name }) => name).join(", ")}`,
      completes: (commands) => [...commands, ...topics.map(({ name }) => name)],
    },
  ],
  options: colorOptions,
  examples,
  async run([name], { color }, { io, pages, loadAllCommands }) {
    const commands = await loadAllCommands();
    await printHelp((layout) => textOf(name, commands, layout), pages.stdout, color || "never", io.env);
    return EXIT_OK;
  },
};
