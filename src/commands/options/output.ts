// Options for the output of the default command, and for colors in all commands.
import { channels, type Channel } from "../../model/text-kinds.ts";
import { colorModes } from "../../terminal/color.ts";
import { views } from "../../views/index.ts";
import type { ArgumentsOf, CommandOption } from "./option.ts";
import { parseNames } from "./parse-values.ts";

const ALL = "all";

export const outputOptions = [
  {
    name: "format",
    short: "f",
    category: "output",
    value: "<format>",
    summary: "set the output format",
    details: () => "With text, events and raw, a summary goes to stderr.",
    choices: views,
    default: { text: "text" },
  },
  {
    name: "json",
    category: "output",
    summary: "print the report as JSON, like --format report",
  },
  {
    name: "show",
    category: "output",
    value: "<channels>",
    summary: "choose channels of --format text",
    details: () => `Channels, separated by commas: ${channels.join(", ")}; or ${ALL}.`,
    parse: parseChannels,
    default: { text: "text" },
    completes: () => [...channels, ALL],
  },
  {
    name: "quiet",
    short: "q",
    category: "output",
    summary: "print no summary",
    details: () => "Errors are still printed on stderr, one line each.",
  },
] as const satisfies readonly CommandOption[];

export type OutputArguments = ArgumentsOf<typeof outputOptions>;

export const colorOptions = [
  {
    name: "color",
    category: "output",
    value: "<when>",
    summary: "choose when to use colors",
    choices: colorModes,
    default: { value: "auto", text: "auto" },
    negation: "print no colors, like --color never",
  },
] as const satisfies readonly CommandOption[];

function parseChannels(text: string): ReadonlySet<Channel> {
  return text === ALL ? new Set(channels) : parseNames(text, channels, ALL);
}
