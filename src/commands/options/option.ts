// An option is one value. Commander's parsing, `-h`, `--help`, shell completions, the reference in ../README.md and the
// types of a command's arguments derive from it. To add one, write it into the file of its category; commands list
// whole files (all commands that read streams share stream.ts).
import type { Category } from "./categories.ts";

/** One value that an option takes. */
export interface Choice {
  readonly name: string;
  /** One line for `--help`; omitted if the name is enough. */
  readonly title?: string;
}

export interface CommandOption {
  /** Long name in kebab-case, without dashes. In camelCase it is the key of the parsed arguments: see `ArgumentsOf`. */
  readonly name: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** The heading in help. */
  readonly category: Category;
  /** The name of the value in help: `<size>`, or `[attempts]` if it is optional. Omitted for a switch. */
  readonly value?: `<${string}>` | `[${string}]`;
  /** For `-h`: a fragment that starts with a verb; at most 60 characters together with `notesOf`. */
  readonly summary: string;
  /**
   * For `--help` and the reference: sentences that follow the summary. A function, so that runs without help do not
   * compile or keep the text.
   */
  readonly details?: () => string;
  /**
   * Converts the text to a value. Without it, the value is the text, one of `choices` if there are any. Throws
   * InvalidValueError.
   */
  readonly parse?: (text: string) => unknown;
  /** `text` is for help; `value` is omitted if the command decides. */
  readonly default?: { readonly value?: unknown; readonly text: string };
  /** If the option is repeated: `collected` makes a list of the values; without it, the last value is used. */
  readonly repeats?: "collected";
  /** Values that help lists and shells complete; with `parse`, other values are possible, too. */
  readonly choices?: readonly Choice[];
  /** The summary of `--no-<name>`, which sets the value to false; without it, there is no such option. */
  readonly negation?: string;
  /** What shells complete besides `choices`: paths, or prefixes of values. A prefix that needs more ends with `=`. */
  readonly completes?: "paths" | (() => readonly string[]);
  /** What shells complete after a word and `=`: paths, or words that may depend on that word. */
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

/** The parsed arguments of a list of options: one key per option. */
export type ArgumentsOf<Options extends readonly CommandOption[]> = {
  readonly [Option in Options[number] as CamelCase<Option["name"]>]: ValueOf<Option>;
};

/** `-f, --format <format>` */
export function flagsOf({ short, name, value }: CommandOption): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** The notes that help adds to a summary: `(default: 10s)`, `(repeatable)`, both or none. */
export function notesOf({ default: fallback, repeats }: CommandOption): string {
  const notes = [
    repeats === "collected" ? "repeatable" : null,
    fallback === undefined ? null : `default: ${fallback.text}`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? "" : `(${notes.join("; ")})`;
}
