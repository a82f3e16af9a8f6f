// The options of the default command, from what was typed to what is meant.
import { type Command, InvalidArgumentError, Option } from "commander";
import { dialects } from "../dialects/index.ts";
import { channels, type Channel } from "../facts.ts";
import { framings } from "../framing/index.ts";
import { type ColorMode, colorModes } from "../terminal/color.ts";
import { views } from "../views/index.ts";

/** What was asked for; a key is missing where its option was not given and has no default. */
export interface InspectArguments {
  readonly format?: string;
  readonly json?: true;
  readonly show?: ReadonlySet<Channel>;
  readonly framing?: string;
  readonly dialect?: string;
  readonly maxEventSize: number;
  readonly quiet?: true;
  /** False: `--no-color`. */
  readonly color: ColorMode | false;
  readonly request?: string;
  readonly header: readonly string[];
  readonly data?: string;
  readonly bearerEnv?: string;
}

/** Adds the options to a command. A value that none of them can have ends with an error of commander's. */
export function addInspectOptions(command: Command): Command {
  return command
    .addOption(
      choice("-f, --format <format>", "what stdout receives; text, events and raw have a summary on stderr", views),
    )
    .option("--json", "short for --format report")
    .addOption(
      new Option(
        "--show <channels>",
        `what --format text shows, separated by commas: ${channels.join(", ")}; or all (default: text)`,
      ).argParser(parseChannels),
    )
    .addOption(choice("--framing <framing>", "how events are wrapped, where the guess is wrong", framings))
    .addOption(choice("--dialect <dialect>", "the protocol inside the events, where the guess is wrong", dialects))
    .addOption(
      new Option("--max-event-size <size>", "the largest event that is read")
        .argParser(parseSize)
        .default(DEFAULT_MAX_EVENT_BYTES, "256MiB"),
    )
    .option("-q, --quiet", "no summary")
    .addOption(
      new Option("--color <when>", "auto: on a terminal, and as NO_COLOR and FORCE_COLOR say")
        .choices(colorModes)
        .default("auto"),
    )
    .option("--no-color", "the same as --color never")
    .optionsGroup("Options for a URL:")
    .option("-X, --request <method>", "HTTP method (default: GET, or POST where there is a body)")
    .addOption(
      new Option("-H, --header <line>", "'Name: value', or @file with one on each line; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(new Option("-d, --data <body>", "the body: text, @file, or @- for standard input").argParser(once))
    .option("--bearer-env <name>", "the environment variable that holds the bearer token");
}

/** An option with a choice among the members of a registry. */
function choice(
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

function parseChannels(value: string): ReadonlySet<Channel> {
  if (value === "all") return new Set(channels);
  const names = value.split(",").map((name) => name.trim());
  return new Set(
    names.map((name) => {
      const known = channels.find((channel) => channel === name);
      if (known === undefined)
        throw new InvalidArgumentError(`${name} is no channel; channels are ${channels.join(", ")}, or all.`);
      return known;
    }),
  );
}

/** What V8 holds in one string (node:buffer has it as constants.MAX_STRING_LENGTH, but costs time to load). */
const LONGEST_STRING = 2 ** 29 - 24;
const DEFAULT_MAX_EVENT_BYTES = 256 * 1024 ** 2;
const POWERS: Record<string, number> = { "": 0, k: 1, m: 2, g: 3 };

/** Bytes, or with K, M or G (also KiB, MB …: all count by 1024). */
function parseSize(value: string): number {
  const [, digits = "", letter = ""] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(value) ?? [];
  const bytes = Number(digits) * 1024 ** (POWERS[letter.toLowerCase()] ?? 0);
  if (bytes < 1) throw new InvalidArgumentError("A size is a number of bytes, such as 1048576, 64MiB or 256M.");
  if (bytes > LONGEST_STRING) {
    throw new InvalidArgumentError(`At most ${Math.floor(LONGEST_STRING / 1024 ** 2)}MiB: Node.js has no longer text.`);
  }
  return bytes;
}

export const DEFAULT_CHANNELS: ReadonlySet<Channel> = new Set(["text"]);

/** For an option that says one thing: given twice, it is not clear which is meant. */
function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It is given twice.");
  return value;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
