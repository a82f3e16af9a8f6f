// Parses the command line with commander, and reports wrong usage. Loaded if there are options or a command.
import { Command, CommanderError } from "commander";
import metadata from "../../package.json" with { type: "json" };
import { UserError } from "../errors.ts";
import { EXIT_OK, EXIT_USAGE } from "../model/exit-codes.ts";
import { visible } from "../terminal/visible.ts";
import { withoutTypedSecrets } from "../wording/typed-secrets.ts";
import { addCommand } from "./add-command.ts";
import { loadCommand, program, PROGRAM_NAME } from "./all-commands.ts";
import type { CommandContext } from "./command.ts";
import { commands } from "./index.ts";
import { optionHint } from "./mistyped.ts";
import { flagsOf } from "./options/option.ts";
import { version } from "./options/general.ts";

/** Runs the command in `argv` and returns its exit code. Throws HelpAsked for a request for help. */
export async function runCommandLine(
  argv: readonly string[],
  context: Omit<CommandContext, "showHelp">,
): Promise<number> {
  let exitCode: number = EXIT_OK;
  const parser = await createParser(argv, context, (code) => {
    exitCode = code;
  });
  try {
    await parser.parseAsync(argv, { from: "user" });
  } catch (error) {
    // Commander throws for the version, after it has printed it, and for wrong usage.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT_OK;
    await writeUsageError(error, argv, context);
    return EXIT_USAGE;
  }
  return exitCode;
}

async function createParser(
  argv: readonly string[],
  context: Omit<CommandContext, "showHelp">,
  onExitCode: (code: number) => void,
): Promise<Command> {
  const { pages } = context;
  const parser = new Command(PROGRAM_NAME)
    .version(metadata.version, flagsOf(version))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => pages.stdout.write(text),
      writeErr: (text) => pages.stderr.write(text),
      // `writeUsageError` does that.
      outputError: () => {},
    })
    .enablePositionalOptions()
    .hook("preSubcommand", refuseOptionsBefore);
  addCommand(parser, program, context, onExitCode);
  for (const entry of commands) {
    // Only the command in use is loaded and added to commander.
    if (!argv.includes(entry.name)) continue;
    addCommand(parser.command(entry.name), await loadCommand(entry), context, onExitCode);
  }
  return parser;
}

/** Options before a command belong to the default command, so they would have no effect. Throws UserError. */
function refuseOptionsBefore(parser: Command): void {
  const given = parser.options.find((option) => parser.getOptionValueSource(option.attributeName()) === "cli");
  if (given === undefined) return;
  throw new UserError(
    `${given.long ?? given.flags} is before the command`,
    "write options after it: ssescope COMMAND [options]",
  );
}

/** Writes what is wrong, and what to do. */
async function writeUsageError(
  { code, message: text }: CommanderError,
  argv: readonly string[],
  { io, pages }: Pick<CommandContext, "io" | "pages">,
): Promise<void> {
  const entry = commands.find(({ name }) => name === argv[0]);
  const command = entry === undefined ? program : await loadCommand(entry);
  const { describeUsageError } = await import("./usage-errors.ts");
  const { message, hints } = describeUsageError(command, code, withoutValue(text.replace(/^error: /, "")));
  const [, option] = /^unknown option '([^']*)'/.exec(message) ?? [];
  const hint = option === undefined ? null : optionHint(option, argv, io.cwd);
  const lines = [
    `${PROGRAM_NAME}: ${message}`,
    ...[...hints, ...(hint === null ? [] : [hint])].map((line) => `  ${line}`),
  ];
  pages.stderr.write(`${lines.join("\n")}\n`);
}

/** Without keys and escapes: the value of an unknown option may hold them. */
function withoutValue(message: string): string {
  const named = message.replace(/^(unknown option '[^'=]*)=[^]*'/, "$1'");
  return visible(withoutTypedSecrets(named));
}
