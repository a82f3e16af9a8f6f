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
      "For programs that use several servers. For one server, give its URL as the first argument instead, without a " +
      "name.",
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
    summary: "make the recording safe to share; drop request bodies",
  },
  {
    name: "env",
    category: "tap",
    value: "<name>",
    summary: "set one more variable to the base URL",
    details: () =>
      "For a command after -- that reads its base URL from a variable that --print-env does not list. With several " +
      "upstreams, NAME=openai chooses one by its name; the default is the first one.",
    parse: parseVariable,
    repeats: "collected",
  },
  {
    name: "print-env",
    category: "tap",
    summary: "print export lines for a shell instead of the URL",
  },
  {
    name: "log",
    category: "tap",
    value: "<file>",
    summary: "write the lines to a file instead of the terminal",
    details: () =>
      "Keeps the screen of a full-screen command intact. Watch the file with tail -f. A missing folder is created.",
    completes: "paths",
  },
] as const satisfies readonly CommandOption[];
