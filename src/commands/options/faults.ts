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
    summary: "end after this many events (12) or bytes (4000b)",
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
    details: () => "With 1, every byte is sent alone, which splits CRLF and UTF-8 characters.",
    parse: parsePositive,
  },
  {
    name: "buffer",
    category: "faults",
    summary: "send everything at the end, like a buffering proxy",
  },
  {
    name: "status",
    category: "faults",
    value: "<code>",
    summary: "respond with an HTTP error instead of the stream",
    details: () => "With replay, -H 'Retry-After: 1' adds a header to it.",
    parse: parseStatus,
  },
  {
    name: "faulty",
    category: "faults",
    value: "<responses>",
    summary: "inject faults into the first N responses only",
    parse: parsePositive,
    default: { text: "all" },
  },
] as const satisfies readonly CommandOption[];

function parseCut(text: string): Cut {
  const [, digits = "", letter = ""] = /^(\d+)(b?)$/.exec(text) ?? [];
  if (digits === "") throw new InvalidValueError("Expected a number of events such as 12, or of bytes such as 4000b.");
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
