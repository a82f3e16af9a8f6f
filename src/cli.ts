// The command line: runs the command that the arguments name, and turns errors that a person can fix into exit codes.
import { loadAllCommands, program } from "./commands/all-commands.ts";
import type { CommandContext } from "./commands/command.ts";
import { HelpAsked } from "./commands/help-asked.ts";
import { areOperandsAlone, runOperandsAlone } from "./commands/operands-alone.ts";
import { help } from "./commands/options/general.ts";
import { OutputClosedError, OutputError, UserError } from "./errors.ts";
import { EXIT_OK, EXIT_USAGE } from "./model/exit-codes.ts";
import type { Io } from "./io.ts";
import type { Page } from "./terminal/page.ts";
import { createPages, flushTalk, type Pages, writeUserError } from "./terminal/pages.ts";

/**
 * Runs the program; `argv` are the arguments after the program's name. Returns the exit code (see exit-codes.ts);
 * throws only on a bug.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const pages = createPages(io);
  let exitCode: number = EXIT_OK;
  try {
    exitCode = await run(argv, { io, pages, loadAllCommands });
    await pages.stdout.flush();
  } catch (error) {
    // If the reader of stdout went away, the exit code known by then is kept.
    if (!(error instanceof OutputClosedError)) exitCode = exitCodeOfError(error, pages.stderr);
  }
  await flushTalk(pages.stderr);
  return exitCode;
}

async function run(argv: readonly string[], context: Omit<CommandContext, "showHelp">): Promise<number> {
  try {
    if (areOperandsAlone(argv)) return await runOperandsAlone(program, argv, context);
    return await (await import("./commands/parse-argv.ts")).runCommandLine(argv, context);
  } catch (error) {
    if (!(error instanceof HelpAsked)) throw error;
    await showHelp(error, argv.includes(`--${help.name}`), context.io, context.pages);
    return EXIT_OK;
  }
}

async function showHelp({ command, color }: HelpAsked, isLong: boolean, io: Io, { stdout }: Pages): Promise<void> {
  // Loaded here because most runs print no help.
  const { printCommandHelp } = await import("./commands/help/print-help.ts");
  await printCommandHelp(command, isLong, stdout, color, io.env);
}

/** Prints an error that a person can fix, and returns its exit code. Throws anything else: it is a bug. */
function exitCodeOfError(error: unknown, stderr: Page): number {
  if (!(error instanceof UserError || error instanceof OutputError)) throw error;
  writeUserError(stderr, error);
  return EXIT_USAGE;
}
