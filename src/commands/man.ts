// `ssescope man`: the man page.
import { EXIT_OK } from "../model/exit-codes.ts";
import type { CommandDefinition } from "./command.ts";

export const manCommand: CommandDefinition<readonly []> = {
  operands: [],
  options: [],
  examples: () => [{ command: "ssescope man | man -l -", meaning: "show the man page" }],
  async run(_operands, _options, { pages, loadAllCommands }) {
    const { manPage } = await import("./help/man-page.ts");
    pages.stdout.write(await manPage(await loadAllCommands()));
    return EXIT_OK;
  },
};
