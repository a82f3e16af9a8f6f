// What a shell's completions are made of: commands with their flags and words, and how a shell takes them.

export interface CompletedOption {
  /** `-f`, `--format` */
  readonly flags: readonly string[];
  readonly summary: string;
  /** What the value is called; null: a switch. */
  readonly value: string | null;
  /** The value may be left out; if it is given, it follows the flag by `=`. */
  readonly isValueOptional: boolean;
  readonly isRepeatable: boolean;
  readonly completes: Completed;
}

/** What is offered for a value or an operand. */
export interface Completed {
  /** Words, and beginnings of words that end with `=` or `.`. Letters, digits and `.`, `-`, `_`, `=` only. */
  readonly words: readonly string[];
  readonly hasPaths: boolean;
  /** What follows a word and `=`; empty: nothing. */
  readonly after: readonly CompletedAfter[];
}

/** What is offered after these words and `=`. */
export interface CompletedAfter {
  /** Null: any. */
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
  /** What a user runs, or puts into the file that the shell reads at its start. */
  readonly install: string;
  /** The script for these commands, of which one is the default command. */
  script(commands: readonly CompletedCommand[]): string;
}
