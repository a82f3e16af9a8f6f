// Options for reading a source.
import { dialects } from "../../dialects/index.ts";
import { framings } from "../../framing/index.ts";
import { GIBIBYTE, MEBIBYTE } from "../../wording/sizes.ts";
import { InvalidValueError } from "./invalid-value.ts";
import type { CommandOption } from "./option.ts";
import { parseBytes, parseTime } from "./parse-values.ts";

export const inputOptions = [
  {
    name: "framing",
    category: "input",
    value: "<framing>",
    summary: "set how events are wrapped",
    details: () => "Set it if detection is wrong.",
    get choices() {
      return framings;
    },
    default: { text: "detected" },
  },
  {
    name: "dialect",
    category: "input",
    value: "<dialect>",
    summary: "set the protocol of events",
    details: () => "Set it if detection is wrong.",
    choices: dialects.map(({ name, load }) => ({
      name,
      get title() {
        return load().title;
      },
    })),
    default: { text: "detected" },
  },
  {
    name: "max-event-size",
    category: "input",
    value: "<size>",
    summary: "limit the size of one event",
    details: () =>
      "A larger event ends the run with exit code 2. The limit also applies to documents that are read whole, such " +
      "as cassettes. Sizes are in bytes, or have a unit: 64MiB, 256M.",
    parse: parseEventSize,
    default: { value: 256 * MEBIBYTE, text: "256MiB" },
  },
  {
    name: "max-decoded-size",
    category: "input",
    value: "<size>",
    summary: "limit the decompressed size",
    details: () =>
      "Applies to gzip, brotli and zstd, in files and in HTTP responses; in archives, to all bodies together.",
    parse: parseBytes,
    default: { value: 4 * GIBIBYTE, text: "4GiB" },
  },
  {
    name: "stall-threshold",
    category: "input",
    value: "<duration>",
    summary: "set the silence that counts as a stall",
    details: () =>
      "Applies in the middle of a text, and before the end of an unfinished response. In the config file of check it " +
      "is stallThreshold.",
    parse: parseTime,
    default: { text: "10s" },
  },
] as const satisfies readonly CommandOption[];

/** The longest string in V8 (constants.MAX_STRING_LENGTH of node:buffer, which takes time to load). */
const LONGEST_STRING = 2 ** 29 - 24;

/** Bytes of an event, which is held whole in one string. */
function parseEventSize(text: string): number {
  const bytes = parseBytes(text);
  if (bytes > LONGEST_STRING) {
    const most = Math.floor(LONGEST_STRING / MEBIBYTE);
    throw new InvalidValueError(`Expected at most ${most}MiB, the longest string in Node.js.`);
  }
  return bytes;
}
