// `replay()`: takes captures, gives a local server that sends them as recorded, or with faults.
import { UserError } from "../errors.ts";
import type { Cut, Faults } from "../replay/faults.ts";
import type { Program, Succession } from "../replay/program.ts";
import { startReplay } from "../replay/server.ts";
import type { Route } from "../replay/turns.ts";
import { originOf } from "../serving/listen.ts";
import { fileSource } from "../sources/file.ts";
import { maskUrl } from "../sources/secrets.ts";
import { systemClock } from "../timing/clock.ts";
import { openCaptures, openRoutes } from "./captures.ts";
import { keysOf, refuseUnknown } from "./known-options.ts";
import { warn } from "./own-process.ts";
import { bytesSource } from "./source.ts";

/** Deliberate faults, by the option names of `ssescope replay`. Events are counted from 0. */
export interface FaultOptions {
  /** Ends the response after this many events or bytes: `20`, `"4000b"`. */
  readonly cutAfter?: number | `${number}b` | undefined;
  /** Ends it with a TCP reset instead of a clean close. */
  readonly reset?: boolean | undefined;
  /** Stays connected but silent after this many events. */
  readonly stallAfter?: number | undefined;
  /** Events to leave out, by index. */
  readonly drop?: readonly number[] | undefined;
  /** Events to send twice, by index. */
  readonly repeat?: readonly number[] | undefined;
  /** Bytes in each chunk. */
  readonly chunkSize?: number | undefined;
  /** Sends everything at the end, like a buffering proxy. */
  readonly buffer?: boolean | undefined;
  /** Responds with this HTTP error instead of the capture. */
  readonly status?: number | undefined;
  /** Injects faults into the first responses only, this many. Default: all. */
  readonly faulty?: number | undefined;
}

/** How captures are replayed. */
export interface ReplayOptions extends FaultOptions {
  /** How many times faster than recorded. Default: `Infinity`, without pauses. */
  readonly speed?: number | undefined;
  /** Milliseconds between the events of a capture without times. Default: 20, divided by `speed`. */
  readonly gap?: number | undefined;
  /** What follows the last capture. Default: the last one again, unless it would call a tool forever. */
  readonly then?: Succession | undefined;
  /** Response headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Port. Default: any free one. */
  readonly port?: number | undefined;
}

const KEYS = keysOf<ReplayOptions>({
  cutAfter: true,
  reset: true,
  stallAfter: true,
  drop: true,
  repeat: true,
  chunkSize: true,
  buffer: true,
  status: true,
  faulty: true,
  speed: true,
  gap: true,
  // oxlint-disable-next-line unicorn/no-thenable -- the name of an option; it is never awaited
  then: true,
  headers: true,
  port: true,
});

/** A request that a replay has responded to. */
export interface ReplayedRequest {
  readonly method: string;
  /** Path and query, without secrets. */
  readonly path: string;
  readonly status: number;
  /** The capture that was sent; null if none was. */
  readonly capture: string | null;
}

/** A running replay. `await using` closes it at the end of its block. */
export interface Replay {
  /** The base URL, such as `http://127.0.0.1:43127`. */
  readonly url: string;
  /** The requests so far, in the order in which their responses ended. */
  readonly requests: readonly ReplayedRequest[];
  /** Ends all responses and stops the server. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The path of a capture, or its bytes. A single path may be a folder that `ssescope tap --record` wrote. */
export type Capture = string | Uint8Array;

/** One capture, several in turn, or an object with a capture for each path. */
export type Captures = Capture | readonly Capture[] | Readonly<Record<string, Capture>>;

/**
 * Serves captures on this machine, at every path, one after the other, to a client under test in place of its API.
 * Rejects with a `UserError` if a capture or an option is wrong. The server does not keep the process alive.
 *
 * @example
 * await using server = await replay("capture.sse", { status: 429, faulty: 1 });
 * const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none" });
 */
export async function replay(captures: Captures, options: ReplayOptions = {}): Promise<Replay> {
  refuseUnknown("replay", options, KEYS);
  const { speed = Infinity, gap = DEFAULT_GAP_MS, then = null, headers = {}, port = 0, faulty = Infinity } = options;
  if (!(speed > 0)) throw new UserError(`speed: expected a number > 0, but got ${speed}`);
  const program = await programOf(captures, then);
  const stop = new AbortController();
  const requests: ReplayedRequest[] = [];
  const server = await startReplay(
    {
      program,
      host: HOST,
      port,
      pace: { speed, gapMs: gap },
      faults: faultsOf(options),
      faulty,
      headers,
      cors: false,
      count: Infinity,
      clock: systemClock,
      onAnswer({ method, address, status, capture, missed }) {
        requests.push({ method, path: pathOf(address), status, capture });
        for (const fault of missed) warn(`a replayed response ended before ${inOptions(fault)}`);
      },
      // The client got a response with the error.
      onFailure: () => {},
    },
    stop.signal,
  );
  // A failing test may not close it.
  server.unref();
  const close = (): Promise<void> => {
    stop.abort();
    return server.ended;
  };
  return { url: originOf({ host: HOST, port: server.port }), requests, close, [Symbol.asyncDispose]: close };
}

const HOST = "127.0.0.1";
const DEFAULT_GAP_MS = 20;

/** `cutAfter 999` for `--cut-after 999` */
function inOptions(fault: string): string {
  return fault.replace(/^--/, "").replace(/-(?<letter>[a-z])(?=\S* )/g, (_, letter: string) => letter.toUpperCase());
}

function programOf(captures: Captures, then: Succession | null): Promise<Program> {
  // It may be a folder.
  if (typeof captures === "string") return openCaptures([captures], then);
  if (!isObject(captures)) throw unfit(captures);
  if (captures instanceof Uint8Array) return openRoutes([routeOf(null, captures)], then);
  if (isList(captures))
    return openRoutes(
      captures.map((capture) => routeOf(null, capture)),
      then,
    );
  return openRoutes(
    Object.entries(captures).map(([path, capture]) => routeOf(path, capture)),
    then,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function unfit(capture: unknown): UserError {
  return new UserError(
    `cannot replay a capture of this kind: ${capture === null ? "null" : typeof capture}`,
    "give the path of a capture, its bytes, a list of captures, or an object with a capture for each path",
  );
}

function isList(captures: Captures): captures is readonly Capture[] {
  return Array.isArray(captures);
}

function routeOf(path: string | null, capture: Capture): Route {
  if (typeof capture !== "string" && !ArrayBuffer.isView(capture)) throw unfit(capture);
  return { path, capture: typeof capture === "string" ? fileSource(capture) : bytesSource("bytes", capture) };
}

/** Throws UserError for an invalid fault. */
function faultsOf(options: FaultOptions): Faults {
  const { cutAfter, reset, stallAfter, drop, repeat, chunkSize, buffer, status } = options;
  return {
    cutAfter: cutAfter === undefined ? null : cutOf(cutAfter),
    reset: reset === true,
    stallAfter: stallAfter === undefined ? null : count("stallAfter", stallAfter, 0),
    drop: new Set(drop?.map((index) => count("drop", index, 0))),
    repeat: new Set(repeat?.map((index) => count("repeat", index, 0))),
    chunkBytes: chunkSize === undefined ? null : count("chunkSize", chunkSize, 1),
    buffer: buffer === true,
    status: status === undefined ? null : errorStatus(status),
  };
}

function cutOf(cutAfter: NonNullable<FaultOptions["cutAfter"]>): Cut {
  if (typeof cutAfter === "number") return { unit: "events", count: count("cutAfter", cutAfter, 0) };
  const [, bytes] = /^(\d+)b$/.exec(cutAfter) ?? [];
  if (bytes === undefined) throw new UserError(`cutAfter: expected a number of events, or bytes such as "4000b"`);
  return { unit: "bytes", count: Number(bytes) };
}

function count(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UserError(`${name}: expected a whole number >= ${least}, but got ${value}`);
}

function errorStatus(status: number): number {
  if (count("status", status, 400) <= 599) return status;
  throw new UserError(`status: expected an HTTP error from 400 to 599, but got ${status}`);
}

/** Without secrets. */
function pathOf(address: URL): string {
  const { pathname, search } = new URL(maskUrl(address));
  return pathname + search;
}
