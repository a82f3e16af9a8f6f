// The input of a completion script (commands with their flags and words), and the contract of a shell.

export interface CompletedOption {
  /** `-f`, `--format` */
  readonly flags: readonly string[];
  readonly summary: string;
  /** The name of the value; null for a switch. */
  readonly value: string | null;
  /** The value is optional; if given, it follows the flag and `=`. */
  readonly isValueOptional: boolean;
  readonly isRepeatable: boolean;
  readonly completes: Completed;
}

/** The completions of a value or an operand. */
export interface Completed {
  /** Words, and prefixes that end with `=` or `.`. Only letters, digits and `.`, `-`, `_`, `=`. */
  readonly words: readonly string[];
  readonly hasPaths: boolean;
  /** The completions after a word and `=`, if any. */
  readonly after: readonly CompletedAfter[];
}

/** The completions after these words and `=`. */
export interface CompletedAfter {
  /** Null: any word. */
  readonly of: readonly string[] | null;
  readonly words: readonly string[];
  readonly hasPaths: boolean;
}

export interface CompletedCommand {
  /** Empty for the default command. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly operands: Completed;
}

export interface Shell {
  readonly name: string;
  /** The line that a user runs, or adds to the shell's start-up file. */
  readonly install: string;
  /** The script for these commands, one of which is the default command. */
  script(commands: readonly CompletedCommand[]): string;
}
