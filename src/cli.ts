// The command line: commander's program, and what comes of the errors that a person can fix.
import { Command, CommanderError } from "commander";
import metadata from "../package.json" with { type: "json" };
import { addCommand } from "./commands/add-command.ts";
import { loadAllCommands, loadCommand, program, PROGRAM_NAME } from "./commands/all-commands.ts";
import { commands } from "./commands/index.ts";
import { HelpAsked } from "./commands/help-asked.ts";
import { optionHint } from "./commands/mistyped.ts";
import { help, version } from "./commands/options/general.ts";
import { flagsOf } from "./commands/options/option.ts";
import { OutputClosedError, OutputError, UserError } from "./errors.ts";
import { EXIT_OK, EXIT_USAGE } from "./model/exit-codes.ts";
import type { Io } from "./io.ts";
import type { Page } from "./terminal/page.ts";
import { createPages, flushTalk, type Pages, writeUserError } from "./terminal/pages.ts";
import { withoutTypedSecrets } from "./wording/typed-secrets.ts";

/**
 * Runs the program; `argv` are the arguments after the program's name. Gives the exit code (see exit-codes.ts); throws
 * only what is a bug.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const pages = createPages(io);
  let exitCode: number = EXIT_OK;
  const onExitCode = (code: number): void => {
    exitCode = code;
  };

  try {
    const parser = await createParser(argv, io, pages, onExitCode);
    await parse(parser, argv, io, pages, onExitCode);
    await pages.stdout.flush();
  } catch (error) {
    // If the reader of stdout has gone away, what is known by then stands.
    if (!(error instanceof OutputClosedError)) exitCode = exitCodeOfError(error, pages.stderr);
  }
  await flushTalk(pages.stderr);
  return exitCode;
}

async function createParser(
  argv: readonly string[],
  io: Io,
  pages: Pages,
  onExitCode: (code: number) => void,
): Promise<Command> {
  const parser = new Command(PROGRAM_NAME)
    .version(metadata.version, flagsOf(version))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => pages.stdout.write(text),
      writeErr: (text) => pages.stderr.write(text),
      outputError: (text, write) => write(describeUsageError(text)),
    })
    .enablePositionalOptions();
  const context = { io, pages, loadAllCommands };
  addCommand(parser, program, context, onExitCode);
  for (const entry of commands) {
    // A command that is not asked for is not loaded, and commander need not know of it.
    if (!argv.includes(entry.name)) continue;
    addCommand(parser.command(entry.name), await loadCommand(entry), context, onExitCode);
  }
  return parser;
}

/** What commander says of wrong usage, without keys: what is given to an option that does not exist may be one. */
function describeUsageError(text: string): string {
  const named = text.replace(/^(error: unknown option '[^'=]*)=[^]*'/, "$1'");
  return withoutTypedSecrets(named.replace(/^error: /, `${PROGRAM_NAME}: `));
}

/** Help, the version and wrong usage are errors to commander, which has printed all there is to say of the last two. */
async function parse(
  parser: Command,
  argv: readonly string[],
  io: Io,
  pages: Pages,
  onExitCode: (code: number) => void,
): Promise<void> {
  try {
    await parser.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof HelpAsked) return showHelp(error, argv.includes(`--${help.name}`), io, pages);
    if (!(error instanceof CommanderError)) throw error;
    const [, option] = /^error: unknown option '([^']*)'/.exec(error.message) ?? [];
    const hint = option === undefined ? null : optionHint(option, argv, io.cwd);
    if (hint !== null) pages.stderr.write(`  ${hint}\n`);
    onExitCode(error.exitCode === 0 ? EXIT_OK : EXIT_USAGE);
  }
}

async function showHelp({ command, color }: HelpAsked, isLong: boolean, io: Io, { stdout }: Pages): Promise<void> {
  // Loaded here: most runs print no help.
  const { printCommandHelp } = await import("./commands/help/print-help.ts");
  await printCommandHelp(command, isLong, stdout, color, io.env);
}

/** Says what is wrong if a person can fix it. Throws what is a bug. */
function exitCodeOfError(error: unknown, stderr: Page): number {
  if (!(error instanceof UserError || error instanceof OutputError)) throw error;
  writeUserError(stderr, error);
  return EXIT_USAGE;
}
