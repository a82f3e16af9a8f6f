// The command line: commander's program, and what comes of the errors that a person can mend.
import { Command, CommanderError } from "commander";
import metadata from "../package.json" with { type: "json" };
import { type HelpFormat, helpFormat } from "./commands/help-format.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { OutputClosedError, OutputError, UserError } from "./errors.ts";
import { EXIT_OK, EXIT_USAGE, exitCodes } from "./model/exit-codes.ts";
import type { Io } from "./io.ts";
import type { Page } from "./terminal/page.ts";
import { timingDefinitions } from "./model/timing.ts";
import { createPages, flushTalk, type Pages, writeUserError } from "./terminal/pages.ts";

type AddCommand = (command: Command, io: Io, pages: Pages, onExitCode: (code: number) => void) => void;

/** The commands beside the default one. */
const commands: readonly { name: string; description: string; load: () => Promise<AddCommand> }[] = [
  {
    name: "check",
    description: "hold streams against rules and expectations, for CI",
    load: async () => (await import("./commands/check.ts")).addCheckCommand,
  },
  {
    name: "diff",
    description: "compare two captures, or a capture and a live stream",
    load: async () => (await import("./commands/diff.ts")).addDiffCommand,
  },
  {
    name: "replay",
    description: "serve captures over HTTP, as they were recorded",
    load: async () => (await import("./commands/replay.ts")).addReplayCommand,
  },
  {
    name: "rules",
    description: "list the rules of check, or explain one",
    load: async () => (await import("./commands/rules.ts")).addRulesCommand,
  },
];

/** Columns of the help: lines that are longer are hard to read. */
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 100;
/** Columns of meanings beside their terms: in fewer they are not wrapped. */
const LEAST_WRAPPED = 16;

/**
 * Runs the program; `argv` are the arguments after the program's name. Gives the exit code (see exit-codes.ts); throws
 * only what is a bug.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const program = new Command("ssescope");
  const pages = createPages(io);
  const helpWidth = Math.min(io.stdout.columns ?? DEFAULT_COLUMNS, MOST_COLUMNS);
  let exitCode: number = EXIT_OK;

  program
    .description(metadata.description)
    .version(metadata.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => pages.stdout.write(text),
      writeErr: (text) => pages.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "ssescope: ")),
    })
    .configureHelp({ helpWidth, minWidthToWrap: LEAST_WRAPPED })
    .addHelpText("after", () => `\n${describeNumbers(helpFormat(program))}`);
  const onExitCode = (code: number): void => {
    exitCode = code;
  };
  program.enablePositionalOptions();
  addInspectCommand(program, io, pages, onExitCode);
  for (const { name, description, load } of commands) {
    const command = program.command(name).description(description);
    // One that is not asked for stands in the help, and is not loaded.
    if (argv.includes(name)) (await load())(command, io, pages, onExitCode);
  }

  try {
    await parse(program, argv, onExitCode);
    await pages.stdout.flush();
  } catch (error) {
    // Where the reader of stdout has gone away, what is known by then stands.
    if (!(error instanceof OutputClosedError)) exitCode = exitCodeOfError(error, pages.stderr);
  }
  await flushTalk(pages.stderr);
  return exitCode;
}

/** Help, the version and wrong usage are errors to commander, which has said all there is to say. */
async function parse(program: Command, argv: readonly string[], onExitCode: (code: number) => void): Promise<void> {
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    onExitCode(error.exitCode === 0 ? EXIT_OK : EXIT_USAGE);
  }
}

/** Says what is wrong where a person can mend it. Throws what is a bug. */
function exitCodeOfError(error: unknown, stderr: Page): number {
  if (!(error instanceof UserError || error instanceof OutputError)) throw error;
  writeUserError(stderr, error);
  return EXIT_USAGE;
}

/** What the names of times and the exit codes mean. */
function describeNumbers({ list }: HelpFormat): string {
  const codes = exitCodes.map(([code, meaning]) => [String(code).padStart(3), meaning] as const);
  return `Timing (--json: timing; check: ttft, gap.p95 …):\n${list(timingDefinitions)}\n\nExit codes:\n${list(codes)}`;
}
