// `ssescope completions <shell>`: a script that makes a shell complete commands, options and values.
import { UserError } from "../errors.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { shells } from "./completions/index.ts";
import { completedCommands } from "./completions/completed-command.ts";

const names = shells.map(({ name }) => name);

function examples(): readonly Example[] {
  return shells.map(({ name, install }) => ({ command: install, meaning: `complete in ${name}` }));
}

export const completionsCommand: CommandDefinition<readonly []> = {
  operands: [{ form: "<shell>", summary: names.join(", "), completes: () => names }],
  options: [],
  examples,
  async run([typed], _options, { pages, loadAllCommands }) {
    const shell = shells.find(({ name }) => name === typed);
    if (shell === undefined)
      throw new UserError(`there are no completions for ${typed}`, `expected ${names.join(", ")}`);
    pages.stdout.write(shell.script(completedCommands(await loadAllCommands())));
    return EXIT_OK;
  },
};
