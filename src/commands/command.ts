// A command is one value. Parsing, help, shell completions and the reference in README.md derive from it.
import type { Io } from "../io.ts";
import type { Pages } from "../terminal/pages.ts";
import type { ArgumentsOf, CommandOption } from "./options/option.ts";

/** An argument after the options: a source, a capture, an id. */
export interface Operand {
  /** In commander's syntax: `<file>` is required, `[file]` optional, `...` allows several. */
  readonly form: string;
  /** One line for help. */
  readonly summary: string;
  /** What shells complete: paths, or these words. `commands`: the names of all commands. */
  readonly completes: "paths" | ((commands: readonly string[]) => readonly string[]);
}

export interface Example {
  readonly command: string;
  /** What it does: a fragment that starts with a verb. */
  readonly meaning: string;
}

/** A part of `--help` after the options. */
export interface HelpSection {
  readonly title: string;
  readonly text?: string;
  /** Terms and what they mean. */
  readonly rows?: readonly (readonly [term: string, meaning: string])[];
  /** Explained in the style of options in `--help`. */
  readonly options?: readonly CommandOption[];
}

export interface CommandContext {
  readonly io: Io;
  readonly pages: Pages;
  /** Prints `-h` and ends the run with exit code 0. */
  readonly showHelp: () => never;
  /** All commands, for the man page and completions. */
  readonly loadAllCommands: () => Promise<readonly NamedCommand[]>;
}

export interface CommandDefinition<Options extends readonly CommandOption[] = readonly CommandOption[]> {
  readonly operands: readonly Operand[];
  readonly options: Options;
  /** The options that `-h` shows, by name: at most seven, most used first. Without it, all of them. */
  readonly usualOptions?: readonly Options[number]["name"][];
  /** Most common first: `-h` shows a few. */
  readonly examples: () => readonly Example[];
  readonly sections?: () => Promise<readonly HelpSection[]>;
  /** Runs the command and returns its exit code. Throws UserError if operands and options do not fit each other. */
  run(operands: readonly string[], options: ArgumentsOf<Options>, context: CommandContext): Promise<number>;
}

/** An entry in the list of commands, before the definition is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** One line for help: a fragment that starts with a verb. */
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
  /** Not listed by `-h`; `--help` and `ssescope help` list it. */
  readonly isMinor?: true;
}

/** A command with its name and its definition. */
export interface NamedCommand {
  /** As it is typed: `ssescope`, `ssescope check`. */
  readonly name: string;
  readonly summary: string;
  readonly definition: CommandDefinition;
  /** The options that commander handles. */
  readonly general: readonly CommandOption[];
  readonly commands: readonly CommandEntry[];
}
