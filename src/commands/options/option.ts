// What an option is: one value, from which commander's parsing, `-h`, `--help`, the shell completions, the reference in
// ../README.md and the types of a command's arguments derive. To add one, write it into the file of its category; the
// commands list whole files (stream.ts is shared by all commands that read streams).
import type { Category } from "./categories.ts";

/** One value that an option takes. */
export interface Choice {
  readonly name: string;
  /** One line for `--help`; left out if the name says all. */
  readonly title?: string;
}

export interface CommandOption {
  /** Long name in kebab-case, without dashes. In camelCase it is the key of the parsed arguments: see `ArgumentsOf`. */
  readonly name: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** The heading in help. */
  readonly category: Category;
  /** What help calls the value: `<size>`, or `[attempts]` if it may be left out. A switch has none. */
  readonly value?: `<${string}>` | `[${string}]`;
  /** For `-h`: a fragment that starts with a verb. With the words of `notesOf` it has at most 60 characters. */
  readonly summary: string;
  /**
   * For `--help` and the reference: sentences that follow the summary. A function, so that a run without help neither
   * compiles nor keeps the text.
   */
  readonly details?: () => string;
  /**
   * From text to value; left out: the text itself, one of `choices` if there are any. Throws
   * InvalidValueError.
   */
  readonly parse?: (text: string) => unknown;
  /** `text` is what help says; `value` is left out if the command decides. */
  readonly default?: { readonly value?: unknown; readonly text: string };
  /** If it is given several times: `collected` into a list; left out: the last one counts. */
  readonly repeats?: "collected";
  /** The values that help lists and shells complete; with `parse`, other values are possible too. */
  readonly choices?: readonly Choice[];
  /** The summary of `--no-<name>`, whose value is false; left out: there is none. */
  readonly negation?: string;
  /** What shells complete besides `choices`: paths, or beginnings of values. A beginning that needs more ends with `=`. */
  readonly completes?: "paths" | (() => readonly string[]);
  /** What shells complete after one of these words and `=`: paths, or words that may depend on it. */
  readonly completesAfter?: "paths" | ((word: string) => readonly string[]);
}

/** The value of one option: undefined if it is not given and has no default. */
type ValueOf<Option> =
  | (Option extends { readonly repeats: "collected" } ? readonly ParsedOf<Option>[] : ParsedOf<Option>)
  | (Option extends { readonly value: `[${string}]` } ? true : never)
  | (Option extends { readonly negation: string } ? false : never)
  | (Option extends { readonly default: { readonly value: infer Default } }
      ? Default
      : Option extends { readonly repeats: "collected" }
        ? never
        : undefined);

type ParsedOf<Option> = Option extends { readonly parse: (text: string) => infer Value }
  ? Value
  : Option extends { readonly choices: readonly { readonly name: infer Name }[] }
    ? Name
    : Option extends { readonly value: string }
      ? string
      : true;

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** The parsed arguments of a list of options: a key for each, and its value. */
export type ArgumentsOf<Options extends readonly CommandOption[]> = {
  readonly [Option in Options[number] as CamelCase<Option["name"]>]: ValueOf<Option>;
};

/** `-f, --format <format>` */
export function flagsOf({ short, name, value }: CommandOption): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** `(default: 10s)`, `(repeatable)`, both or nothing: what help adds to a summary. */
export function notesOf({ default: fallback, repeats }: CommandOption): string {
  const notes = [
    repeats === "collected" ? "repeatable" : null,
    fallback === undefined ? null : `default: ${fallback.text}`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? "" : `(${notes.join("; ")})`;
}
