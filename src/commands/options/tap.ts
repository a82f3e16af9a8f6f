// Options of tap: the upstreams, and how programs find the tap.
import { parseUpstream, parseVariable } from "../../tap/upstreams.ts";
import { events } from "../../views/events.ts";
import { text } from "../../views/text.ts";
import type { CommandOption } from "./option.ts";

export const tapOptions = [
  {
    name: "upstream",
    category: "tap",
    value: "<name=url>",
    summary: "forward /name/… to this base URL",
    details: () =>
      "For programs that talk to several servers. With one server, give its URL as the first argument instead, without a name.",
    parse: parseUpstream,
    repeats: "collected",
  },
  {
    name: "format",
    short: "f",
    category: "output",
    value: "<format>",
    summary: "print each response as it arrives",
    choices: [text, events],
  },
  {
    name: "record",
    category: "recording",
    value: "<folder>",
    summary: "keep every exchange in a new folder",
    details: () =>
      "For each: the capture, its times, and the request with its body and without keys. exchanges.ndjson has a " +
      "report per line. ssescope replay serves the folder again.",
    completes: "paths",
  },
  {
    name: "redact",
    category: "recording",
    summary: "make it safe to share, without request bodies",
  },
  {
    name: "env",
    category: "tap",
    value: "<name>",
    summary: "set another variable, too",
    details: () =>
      "For a command after -- that reads its base URL from a variable that is not listed below. With several " +
      "upstreams, NAME=openai chooses one by its name; the default is the first one.",
    parse: parseVariable,
    repeats: "collected",
  },
  {
    name: "print-env",
    category: "tap",
    summary: "print export lines for a shell, not the URL",
  },
  {
    name: "log",
    category: "tap",
    value: "<file>",
    summary: "write the lines to a file, not to the terminal",
    details: () => "Keeps the screen of a full-screen command intact. Watch the file with tail -f.",
    completes: "paths",
  },
] as const satisfies readonly CommandOption[];
