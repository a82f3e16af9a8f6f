// What only the replay can be asked for.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Cut } from "../replay/faults.ts";
import { collect, parseCount, parseTime } from "./values.ts";

/** A key is missing where its option was not given and has no default. */
export interface ReplayArguments {
  readonly port: number;
  readonly host: string;
  readonly speed: number;
  readonly gap: number;
  readonly header: readonly string[];
  readonly cors?: true;
  readonly count?: number;
  readonly cutAfter?: Cut;
  readonly reset?: true;
  readonly stallAfter?: number;
  readonly drop?: ReadonlySet<number>;
  readonly repeat?: ReadonlySet<number>;
  readonly chunkSize?: number;
  readonly buffer?: true;
  readonly status?: number;
  readonly faulty?: number;
}

const DEFAULT_GAP_MS = 20;
const LARGEST_PORT = 65_535;

/** Adds the options to a command. A value that none of them can have ends with an error of commander's. */
export function addReplayOptions(command: Command): Command {
  return command
    .addOption(new Option("--port <number>", "0: any that is free").argParser(parsePort).default(0))
    .addOption(
      new Option("--host <address>", "where to listen; other machines reach all but loopback").default("127.0.0.1"),
    )
    .addOption(new Option("--speed <times>", "1, 10 … or max: without waiting").argParser(parseSpeed).default(1, "1"))
    .addOption(
      new Option("--gap <time>", "between two events of a capture without times")
        .argParser(parseTime)
        .default(DEFAULT_GAP_MS, "20ms"),
    )
    .addOption(
      new Option("-H, --header <line>", "a header of the answer, 'Name: value'; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--cors", "let pages of any origin read the answers")
    .addOption(new Option("--count <answers>", "end after so many (default: at Ctrl-C)").argParser(parsePositive))
    .optionsGroup("Faults on purpose:")
    .addOption(new Option("--cut-after <place>", "end after so many events, or bytes: 12, 4000b").argParser(parseCut))
    .option("--reset", "end by a TCP reset, not in order")
    .addOption(new Option("--stall-after <events>", "then send nothing, and stay connected").argParser(parseCount))
    .addOption(new Option("--drop <indexes>", "events to leave out: 5, or 5,7").argParser(parseIndexes))
    .addOption(new Option("--repeat <indexes>", "events to send twice").argParser(parseIndexes))
    .addOption(new Option("--chunk-size <bytes>", "send so many bytes at once, down to 1").argParser(parsePositive))
    .option("--buffer", "send all at once at the end, as a proxy that buffers")
    .addOption(
      new Option("--status <code>", "answer with an HTTP error; with -H 'Retry-After: 1', say").argParser(parseStatus),
    )
    .addOption(
      new Option("--faulty <answers>", "only so many answers have faults, the first ones (default: all)").argParser(
        parsePositive,
      ),
    );
}

function parsePort(value: string): number {
  const port = parseCount(value);
  if (port > LARGEST_PORT) throw new InvalidArgumentError(`Ports go up to ${LARGEST_PORT}.`);
  return port;
}

function parseSpeed(value: string): number {
  if (value === "max") return Infinity;
  const speed = Number(value);
  if (!(speed > 0)) throw new InvalidArgumentError("A number, such as 1, 10 or 0.5, or max.");
  return speed;
}

function parsePositive(value: string): number {
  const count = parseCount(value);
  if (count === 0) throw new InvalidArgumentError("A number from 1, please.");
  return count;
}

function parseCut(value: string): Cut {
  const [, digits = "", letter = ""] = /^(\d+)(b?)$/.exec(value) ?? [];
  if (digits === "") throw new InvalidArgumentError("A number of events, or of bytes with a b: 12, 4000b.");
  return { unit: letter === "b" ? "bytes" : "events", count: Number(digits) };
}

function parseIndexes(value: string): ReadonlySet<number> {
  return new Set(value.split(",").map((index) => parseCount(index.trim())));
}

function parseStatus(value: string): number {
  const status = parseCount(value);
  if (status < 400 || status > 599) throw new InvalidArgumentError("An HTTP error, from 400 to 599.");
  return status;
}
