// `ssescope replay FILE...`: captures over HTTP, as they were recorded.
import { TransportError, UserError } from "../errors.ts";
import { EXIT_INTERRUPTED, EXIT_OK } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { decompressed, headOfStream } from "../replay/pieces.ts";
import type { Program, Succession } from "../replay/program.ts";
import { type AnsweredRequest, startReplay } from "../replay/server.ts";
import { isFolder, openSession } from "../replay/session.ts";
import { createTurns, type Route } from "../replay/turns.ts";
import { fileSource } from "../sources/file.ts";
import { parseHeaders } from "../sources/header-lines.ts";
import { originOf } from "../serving/listen.ts";
import { isUrl, shownName } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { maskUrl } from "../sources/secrets.ts";
import { optionsFor, variablesFor } from "../tap/programs.ts";
import { parseUpstream } from "../tap/upstreams.ts";
import { flushTalk, type Pages, tell } from "../terminal/pages.ts";
import { countOf } from "../wording/counts.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { faultsOf } from "./faults.ts";
import { faultOptions } from "./options/faults.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { serverOptions } from "./options/server.ts";

const allOptions = [...serverOptions, ...faultOptions] as const;

type ReplayArguments = ArgumentsOf<typeof allOptions>;

/** Serves until Ctrl-C, or until --count responses are sent. Throws UserError if a capture cannot be served. */
async function replay(names: readonly string[], options: ReplayArguments, io: Io, pages: Pages): Promise<void> {
  const faults = faultsOf(options);
  const program = await programOf(names, options.then ?? null);
  const { host } = options;
  const server = await startReplay(
    {
      program,
      host,
      port: options.port,
      pace: { speed: options.speed, gapMs: options.gap },
      faults,
      faulty: options.faulty ?? Infinity,
      headers: parseHeaders(options.header),
      cors: options.cors === true,
      count: options.count ?? Infinity,
      clock: io.clock,
      onAnswer: (request) => log(request, pages),
      onFailure: ({ message }) => tell(`could not answer a request: ${message}`, pages),
    },
    io.interrupt,
  );
  const origin = originOf({ host, port: server.port });
  pages.stdout.write(`${origin}\n`);
  await pages.stdout.flush();
  pages.stderr.write("for clients: ", "dim");
  pages.stderr.write(`${hintsFor(origin)}\n`);
  await flushTalk(pages.stderr);
  await server.ended;
}

/** What sends programs to a replay, as it sends them to a tap. */
function hintsFor(origin: string): string {
  const upstream = parseUpstream(origin);
  const environment = variablesFor(upstream, origin, true);
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [variables.join(" "), ...optionsFor(environment).map((option) => `  ${option}`)].join("\n");
}

/** Captures in turn, or a session. Throws UserError where they cannot be served. */
async function programOf(names: readonly string[], then: Succession | null): Promise<Program> {
  const folder = names.find(isFolder);
  if (folder === undefined) {
    const routes = names.map(routeOf);
    await checkReadable(routes);
    return createTurns(routes, then);
  }
  if (names.length > 1) {
    throw new UserError(`${folder} is a folder, and other captures are named beside it`, "replay a session alone");
  }
  return openSession(folder, then);
}

/** `/path=file`, or a file. Throws UserError for standard input and URLs. */
function routeOf(name: string): Route {
  const equals = name.startsWith("/") ? name.indexOf("=") : -1;
  const file = name.slice(equals + 1);
  if (file === STDIN_NAME) {
    throw new UserError(
      "cannot replay standard input: each response rereads its capture",
      "write it to a file first, for example with --record",
    );
  }
  if (isUrl(file)) {
    throw new UserError(
      `cannot replay ${shownName(file)}: it is a URL, and captures are replayed`,
      "record it first: ssescope URL --record capture.sse",
    );
  }
  return { path: equals === -1 ? null : name.slice(0, equals), capture: fileSource(file) };
}

/** Throws UserError where a capture cannot be opened, or served: better now than at the first request. */
async function checkReadable(routes: readonly Route[]): Promise<void> {
  for (const { capture } of routes) {
    const framing = await framingOf(capture);
    if (framing === null || BARE.has(framing)) continue;
    throw new UserError(
      `cannot replay ${capture.name}: its framing is ${framing}`,
      "bare streams are replayed: what --record writes, or the body that a server sent",
    );
  }
}

/** By its first chunk; null where it has none, or that does not tell. */
async function framingOf(capture: Source): Promise<string | null> {
  const { chunks } = await capture.open(new AbortController().signal);
  try {
    for await (const chunk of decompressed(capture.name, chunks)) return headOfStream(chunk)?.framing ?? null;
  } catch (error) {
    // The recording ended so before anything came.
    if (!(error instanceof TransportError)) throw error;
  }
  return null;
}

/** Framings of which the bytes are what a server sent. */
const BARE: ReadonlySet<string> = new Set([
  "aws-eventstream",
  "sse",
  "ndjson",
  "ai-sdk-data",
  "json-array",
  "json-documents",
]);

/** One line per response; keys in the request's URL are masked. */
function log({ method, address, status, capture, bytes, ending, missed, note }: AnsweredRequest, pages: Pages): void {
  const { stderr } = pages;
  const shown = new URL(maskUrl(address));
  const served = capture === null ? "no capture" : `${capture}, ${countOf(bytes, "byte")}, ${ending}`;
  const remark = note === null ? "" : `${capture === null ? ": " : ", "}${note}`;
  stderr.writeInline(`${method} ${shown.pathname}${shown.search}  ${status}  ${served}${remark}`);
  stderr.write("\n");
  if (missed.length > 0) tell(`the response ended before ${missed.join(", ")}`, pages);
  // Of use now, not at the end.
  flushTalk(stderr).catch(() => {});
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope replay capture.sse", meaning: "serve a capture at every path" },
    { command: "ssescope replay a.sse b.sse", meaning: "serve captures in turn" },
    { command: "ssescope replay /v1/responses=a.sse /v1/messages=b.sse", meaning: "serve each capture at its path" },
    { command: "ssescope replay session/", meaning: "serve what ssescope tap --record session/ recorded" },
    { command: "ssescope replay capture.sse --cut-after 20 --reset", meaning: "reset the connection after 20 events" },
    {
      command: "ssescope replay capture.sse --status 429 \\\n  -H 'Retry-After: 1' --faulty 1",
      meaning: "reject the first request only",
    },
  ];
}

export const replayCommand: CommandDefinition<typeof allOptions> = {
  operands: [{ form: "<capture...>", summary: "a file, /path=file, or a folder of tap --record", completes: "paths" }],
  options: allOptions,
  usualOptions: ["port", "speed", "gap", "then", "cut-after", "stall-after", "status"],
  examples,
  async run(names, options, { io, pages }) {
    await replay(names, options, io, pages);
    return io.interrupt.aborted ? EXIT_INTERRUPTED : EXIT_OK;
  },
};
