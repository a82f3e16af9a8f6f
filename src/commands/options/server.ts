// Options of replay: where to listen, and how to send.
import { InvalidValueError } from "./invalid-value.ts";
import type { CommandOption } from "./option.ts";
import { parsePositive, parseTime } from "./parse-values.ts";

const DEFAULT_GAP_MS = 20;
const LARGEST_PORT = 65_535;

/** Where replay and tap listen. */
export const addressOptions = [
  {
    name: "port",
    category: "server",
    value: "<number>",
    summary: "listen on this port",
    parse: parsePort,
    default: { value: 0, text: "0, any free one" },
  },
  {
    name: "host",
    category: "server",
    value: "<address>",
    summary: "listen on this address",
    details: () => "Other machines can reach any address that is not a loopback address.",
    default: { value: "127.0.0.1", text: "127.0.0.1" },
  },
] as const satisfies readonly CommandOption[];

export const serverOptions = [
  ...addressOptions,
  {
    name: "speed",
    category: "server",
    value: "<factor>",
    summary: "set the speed: 2, 10 … or max",
    details: () => "A factor of 2 is twice as fast, 0.5 half as fast; max sends without pauses.",
    parse: parseSpeed,
    default: { value: 1, text: "1" },
  },
  {
    name: "gap",
    category: "server",
    value: "<duration>",
    summary: "pause between events without times",
    parse: parseTime,
    default: { value: DEFAULT_GAP_MS, text: "20ms" },
  },
  {
    name: "header",
    short: "H",
    category: "server",
    value: "<line>",
    summary: "send a response header: 'Name: value'",
    repeats: "collected",
  },
  {
    name: "cors",
    category: "server",
    summary: "allow web pages of any origin to read responses",
  },
  {
    name: "then",
    category: "server",
    value: "<what>",
    summary: "choose what follows the last capture",
    details: () =>
      "By default, a request that returns the result of the last capture's tool call does not get that capture " +
      "again: an agent would call the tool forever.",
    choices: [
      { name: "last", title: "serve the last capture again" },
      { name: "repeat", title: "start over with the first" },
      { name: "404", title: "respond with HTTP 404" },
    ],
    default: { text: "last" },
  },
  {
    name: "count",
    category: "server",
    value: "<responses>",
    summary: "exit after this many responses",
    details: () => "Only responses with a capture count.",
    parse: parsePositive,
    default: { text: "at Ctrl-C" },
  },
] as const satisfies readonly CommandOption[];

function parsePort(text: string): number {
  const port = /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
  if (port > LARGEST_PORT) throw new InvalidValueError(`Expected a port from 0 to ${LARGEST_PORT}.`);
  return port;
}

function parseSpeed(text: string): number {
  if (text === "max") return Infinity;
  const speed = Number(text);
  if (!(speed > 0)) throw new InvalidValueError("Expected max, or a number such as 1, 10 or 0.5.");
  return speed;
}
