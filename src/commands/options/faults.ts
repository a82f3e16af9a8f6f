// Options for the faults that replay and tap inject.
import type { Cut } from "../../replay/faults.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { CommandOption } from "./option.ts";
import { parseCount, parsePositive } from "./parse-values.ts";

export const faultOptions = [
  {
    name: "cut-after",
    category: "faults",
    value: "<place>",
    summary: "end after 12 events, or after 4000b bytes",
    parse: parseCut,
  },
  {
    name: "reset",
    category: "faults",
    summary: "end with a TCP reset, not a clean close",
  },
  {
    name: "stall-after",
    category: "faults",
    value: "<events>",
    summary: "stay connected, but silent, after this many events",
    parse: parseCount,
  },
  {
    name: "drop",
    category: "faults",
    value: "<indexes>",
    summary: "leave out events: 5, or 5,7",
    parse: parseIndexes,
  },
  {
    name: "repeat",
    category: "faults",
    value: "<indexes>",
    summary: "send events twice: 5, or 5,7",
    parse: parseIndexes,
  },
  {
    name: "chunk-size",
    category: "faults",
    value: "<bytes>",
    summary: "send chunks of this many bytes",
    details: () => "With 1, every byte comes alone, so that CRLF and UTF-8 are split.",
    parse: parsePositive,
  },
  {
    name: "buffer",
    category: "faults",
    summary: "send all at the end, like a buffering proxy",
  },
  {
    name: "status",
    category: "faults",
    value: "<code>",
    summary: "respond with an HTTP error, not the capture",
    details: () => "For example with -H 'Retry-After: 1'.",
    parse: parseStatus,
  },
  {
    name: "faulty",
    category: "faults",
    value: "<responses>",
    summary: "limit faults to the first responses",
    parse: parsePositive,
    default: { text: "all" },
  },
] as const satisfies readonly CommandOption[];

function parseCut(text: string): Cut {
  const [, digits = "", letter = ""] = /^(\d+)(b?)$/.exec(text) ?? [];
  if (digits === "") throw new InvalidValueError("Expected a number of events, or of bytes with a b: 12, 4000b.");
  return { unit: letter === "b" ? "bytes" : "events", count: Number(digits) };
}

function parseIndexes(text: string): ReadonlySet<number> {
  return new Set(text.split(",").map((index) => parseCount(index.trim())));
}

function parseStatus(text: string): number {
  const status = parseCount(text);
  if (status < 400 || status > 599) throw new InvalidValueError("Expected an HTTP error status from 400 to 599.");
  return status;
}
