// `ssescope replay FILE...`: serves captures over HTTP as they were recorded.
import { EXIT_INTERRUPTED, EXIT_OK } from "../model/exit-codes.ts";
import type { Io } from "../io.ts";
import { openCaptures } from "../library/captures.ts";
import { type AnsweredRequest, startReplay } from "../replay/server.ts";
import { parseHeaders } from "../sources/header-lines.ts";
import { originOf } from "../serving/listen.ts";
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
  const program = await openCaptures(names, options.then ?? null);
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
      onFailure: ({ message }) => tell(`cannot respond to a request: ${message}`, pages),
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

/** The variables and options that point programs to a replay, the same as for a tap. */
function hintsFor(origin: string): string {
  const upstream = parseUpstream(origin);
  const environment = variablesFor(upstream, origin, true);
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [variables.join(" "), ...optionsFor(environment).map((option) => `  ${option}`)].join("\n");
}

/** One line per response; keys in the request's URL are masked. */
function log({ method, address, status, capture, bytes, ending, missed, note }: AnsweredRequest, pages: Pages): void {
  const { stderr } = pages;
  const shown = new URL(maskUrl(address));
  const served = capture === null ? "no capture" : `${capture}, ${countOf(bytes, "byte")}, ${ending}`;
  const remark = note === null ? "" : `${capture === null ? ": " : ", "}${note}`;
  stderr.writeInline(`${method} ${shown.pathname}${shown.search}  ${status}  ${served}${remark}`);
  stderr.write("\n");
  if (missed.length > 0) tell(`the response ended before ${missed.join(", ")}`, pages);
  // Flushed now, because the line is needed before the end.
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
