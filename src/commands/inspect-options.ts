// What only the default command can be asked for.
import { type Command, InvalidArgumentError, Option } from "commander";
import { channels, type Channel } from "../model/facts.ts";
import { views } from "../views/index.ts";
import { addReadingOptions, choice, type ReadingArguments } from "./options.ts";
import { addUrlOptions, type UrlArguments } from "./url-options.ts";

/** A key is missing where its option was not given and has no default. */
export interface InspectArguments extends ReadingArguments, UrlArguments {
  readonly format?: string;
  readonly json?: true;
  readonly show?: ReadonlySet<Channel>;
  readonly quiet?: true;
}

export const DEFAULT_CHANNELS: ReadonlySet<Channel> = new Set(["text"]);

/** Adds the options to a command. A value that none of them can have ends with an error of commander's. */
export function addInspectOptions(command: Command): Command {
  command
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
    .option("-q, --quiet", "no summary");
  return addUrlOptions(addReadingOptions(command));
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
