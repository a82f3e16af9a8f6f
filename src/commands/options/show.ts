// Options of show.
import type { Address } from "../../views/show/address.ts";
import { parseRange } from "./filter.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { CommandOption } from "./option.ts";
import { parsePositive } from "./parse-values.ts";

export const showOptions = [
  {
    name: "raw",
    category: "output",
    summary: "print the bytes of the events unchanged",
    details: () =>
      "The bytes are decompressed, and without the line prefixes of a log; for an archive, they are those of the body.",
  },
  {
    name: "full",
    category: "output",
    summary: "do not cut long strings on a terminal",
  },
  {
    name: "stream",
    category: "output",
    value: "<number>",
    summary: "choose a stream, if the source holds several",
    details: () =>
      "Streams are numbered from 1. Without this option, a source with several streams is an error that lists them.",
    parse: parsePositive,
  },
] as const satisfies readonly CommandOption[];

const ADDRESS = /^(?:(?<by>line|seq):)?(?<range>[\d-]+)$/;

/** Reads `12`, `12-14`, `12-`, `line:120` or `seq:7`. */
export function parseAddress(text: string): Address {
  const { by, range } = ADDRESS.exec(text)?.groups ?? {};
  if (range === undefined) {
    throw new InvalidValueError("Expected an event such as 12, 12-14, 12-, line:120 or seq:7.");
  }
  // In other programs, -1 means the last one.
  if (range.startsWith("-")) {
    throw new InvalidValueError(`Events cannot be counted from the end; for the first ones, write 0${range}.`);
  }
  return { by: by === "line" ? "line" : by === "seq" ? "sequence" : "index", ...parseRange(range) };
}
