// Serves a session that `ssescope tap --record DIR` wrote: each request gets the exchange that was recorded for it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { hashOfBody, type KeptRequest, REQUEST_EXTENSION, REQUEST_SCHEMA } from "../capture/session-files.ts";
import { isShared } from "../capture/shareable-header.ts";
import { shareablePath } from "../capture/shareable-path.ts";
import { UserError } from "../errors.ts";
import { asObject } from "../model/payload.ts";
import { fileSource } from "../sources/file.ts";
import { maskUrl } from "../sources/secrets.ts";
import type { Source } from "../sources/source.ts";
import type { Asked } from "./asked.ts";
import { type Known, readCapture } from "./known.ts";
import type { Chosen, Program, Refusal, Succession } from "./program.ts";

const NOT_FOUND = 404;

/** An exchange of a session. */
interface Exchange {
  readonly request: KeptRequest["request"];
  readonly path: string;
  readonly query: string;
  readonly bodyHash: string | null;
  readonly capture: Source;
  /** Null until it is first needed. */
  known: Promise<Known> | null;
  isServed: boolean;
}

/** Whether a folder holds a session. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Reads a session. `then` null: repeat the last match. Throws UserError if the folder does not hold a session. */
export function openSession(folder: string, then: Succession | null): Program {
  const exchanges = readExchanges(folder);

  function exchangeFor(asked: Asked): { exchange: Exchange; isSame: boolean } | null {
    const { pathname } = asked.address;
    const query = queryOf(asked.address);
    const fitting = exchanges.filter(
      ({ request, query: recorded }) => request.method === asked.method && (recorded === query || isShared(request)),
    );
    const exact = fitting.filter(({ request, path }) => path === pathFor(request, pathname));
    const atPath =
      exact.length > 0 ? exact : fitting.filter(({ request, path }) => isSamePlace(path, pathFor(request, pathname)));
    const hash = asked.body === null ? null : hashOfBody(asked.body);
    const same = atPath.filter(({ bodyHash }) => bodyHash === hash);
    const next = same.find(isLeft);
    if (next !== undefined) return { exchange: next, isSame: true };
    const again = after(same, then);
    if (again !== null) return { exchange: again, isSame: true };
    const left = atPath.filter(isLeft);
    const inOrder = left.find(({ request }) => request.stream === asked.asksForStream) ?? left[0];
    const other = inOrder ?? after(atPath, then);
    return other === null ? null : { exchange: other, isSame: false };
  }

  async function choose(asked: Asked): Promise<Chosen | Refusal> {
    const found = exchangeFor(asked);
    if (found === null)
      return { refusal: `the session ${folder} has no exchange left for this request`, status: NOT_FOUND };
    const { exchange, isSame } = found;
    const wasServed = exchange.isServed;
    exchange.isServed = true;
    return {
      capture: exchange.capture,
      // A different body may ask for JSON although a stream was recorded.
      isRecordedAnswer: isSame || exchange.request.stream !== true,
      contentLength: statSync(exchange.capture.name, { throwIfNoEntry: false })?.size ?? null,
      known: () => knownOf(exchange),
      handBack: () => (exchange.isServed = wasServed),
    };
  }

  return {
    isComplete: true,
    isPlaced: () => true,
    choose,
    known: async () => ({ models: [], inputTokens: null }),
  };
}

function isLeft({ isServed }: Exchange): boolean {
  return !isServed;
}

/** The exchange to serve when all have been served. */
function after(exchanges: readonly Exchange[], then: Succession | null): Exchange | null {
  if (then === "404") return null;
  if (then !== "repeat") return exchanges.at(-1) ?? null;
  for (const exchange of exchanges) exchange.isServed = false;
  return exchanges[0] ?? null;
}

function knownOf(exchange: Exchange): Promise<Known> {
  return (exchange.known ??= readCapture(exchange.capture));
}

/** The path to compare with a recorded one, with the same parts removed if the session is shareable. */
function pathFor(recorded: Exchange["request"], asked: string): string {
  return isShared(recorded) ? shareablePath(asked) : asked;
}

/** The tap may have had an upstream's name before the path, or an upstream whose base URL has a path. */
function isSamePlace(recorded: string, asked: string): boolean {
  return recorded.endsWith(asked) || asked.endsWith(recorded);
}

/** The query parameters, sorted and without secrets, as they are recorded. */
function queryOf(url: URL): string {
  const { searchParams } = new URL(maskUrl(url));
  searchParams.sort();
  return searchParams.toString();
}

function readExchanges(folder: string): readonly Exchange[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(REQUEST_EXTENSION))
    .sort((a, b) => numberOf(a) - numberOf(b));
  if (names.length === 0) {
    throw new UserError(
      `${folder} does not hold a session`,
      "record one with ssescope tap --record, or name the captures: ssescope replay FOLDER/*.sse",
    );
  }
  return names.map((name) => readExchange(folder, name));
}

/** Numbers above 9,999 have more digits, so names do not sort as text. */
function numberOf(name: string): number {
  return Number.parseInt(name, 10);
}

function readExchange(folder: string, name: string): Exchange {
  const path = join(folder, name);
  const { schema, capture, request, bodyHash } = asObject(parsed(readFileSync(path, "utf8"))) ?? {};
  const { method, url, stream } = asObject(request) ?? {};
  const isKept =
    schema === REQUEST_SCHEMA && typeof method === "string" && typeof url === "string" && URL.canParse(url);
  // A recorded name never leads out of the folder.
  if (!isKept || typeof capture !== "string" || basename(capture) !== capture) {
    throw new UserError(`${path} is not a request that ssescope tap recorded`, "record the session again");
  }
  const address = new URL(url);
  return {
    request: { method, url, headers: {}, ...(typeof stream === "boolean" && { stream }) },
    path: address.pathname,
    query: queryOf(address),
    bodyHash: typeof bodyHash === "string" ? bodyHash : null,
    capture: fileSource(join(folder, capture)),
    known: null,
    isServed: false,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
