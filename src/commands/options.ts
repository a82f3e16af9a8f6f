// The options that commands share, from what was typed to what is meant.
import { type Command, InvalidArgumentError, Option } from "commander";
import { dialects } from "../dialects/index.ts";
import { framings } from "../framing/index.ts";
import type { ReadOptions } from "./read-source.ts";
import { type ColorMode, colorModes } from "../terminal/color.ts";

/** What was asked for; a key is missing where its option was not given and has no default. */
export interface ReadingArguments {
  readonly framing?: string;
  readonly dialect?: string;
  readonly maxEventSize: number;
  readonly maxDecodedSize: number;
  /** False: `--no-color`. */
  readonly color: ColorMode | false;
  readonly record?: string;
  readonly redact?: true;
}

/** How streams are read. A value that an option cannot have ends with an error of commander's. */
export function addReadingOptions(command: Command): Command {
  return command
    .addOption(choice("--framing <framing>", "how events are wrapped, where the guess is wrong", framings))
    .addOption(choice("--dialect <dialect>", "the protocol inside the events, where the guess is wrong", dialects))
    .addOption(
      new Option("--max-event-size <size>", "the largest event that is read")
        .argParser(parseEventSize)
        .default(DEFAULT_MAX_EVENT_BYTES, "256MiB"),
    )
    .addOption(
      new Option("--max-decoded-size <size>", "the most that is read of compressed input (gzip, brotli, zstd)")
        .argParser(parseSize)
        .default(DEFAULT_MAX_DECODED_BYTES, "4GiB"),
    )
    .option("--record <file>", "write what is read to a capture, and when it came to FILE.timing beside it")
    .option("--redact", "record a copy to share: same structure, sizes and times; texts, arguments and ids replaced")
    .addOption(
      new Option("--color <when>", "auto: on a terminal, and as NO_COLOR and FORCE_COLOR say")
        .choices(colorModes)
        .default("auto"),
    )
    .option("--no-color", "the same as --color never");
}

/** The options as the pipeline takes them. */
export function readingOptions(options: ReadingArguments): Omit<ReadOptions, "rules"> {
  return {
    framing: options.framing ?? null,
    dialect: options.dialect ?? null,
    maxEventBytes: options.maxEventSize,
    maxDecodedBytes: options.maxDecodedSize,
    record: options.record ?? null,
    redact: options.redact === true,
  };
}

/** An option with a choice among the members of a registry. */
export function choice(
  flags: string,
  description: string,
  registry: readonly { readonly name: string; readonly title: string }[],
): Option {
  const width = Math.max(...registry.map(({ name }) => name.length));
  const list = registry.map(({ name, title }) => `\n${name.padEnd(width)}  ${title}`).join("");
  const option = new Option(flags, description + list);
  const names = registry.map(({ name }) => name);
  return option.argParser((value: string) => {
    if (!names.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${names.join(", ")}.`);
    return value;
  });
}

/** What V8 holds in one string (node:buffer has it as constants.MAX_STRING_LENGTH, but costs time to load). */
const LONGEST_STRING = 2 ** 29 - 24;
const DEFAULT_MAX_EVENT_BYTES = 256 * 1024 ** 2;
const DEFAULT_MAX_DECODED_BYTES = 4 * 1024 ** 3;
const POWERS: Record<string, number> = { "": 0, k: 1, m: 2, g: 3 };

/** Bytes, or with K, M or G (also KiB, MB …: all count by 1024). */
function parseSize(value: string): number {
  const [, digits = "", letter = ""] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(value) ?? [];
  const bytes = Number(digits) * 1024 ** (POWERS[letter.toLowerCase()] ?? 0);
  if (bytes < 1) throw new InvalidArgumentError("A size is a number of bytes, such as 1048576, 64MiB or 256M.");
  return Math.min(bytes, Number.MAX_SAFE_INTEGER);
}

/** The same, where it is held whole. */
function parseEventSize(value: string): number {
  const bytes = parseSize(value);
  if (bytes > LONGEST_STRING) {
    throw new InvalidArgumentError(`At most ${Math.floor(LONGEST_STRING / 1024 ** 2)}MiB: Node.js has no longer text.`);
  }
  return bytes;
}
