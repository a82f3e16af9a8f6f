// `ssescope tap`: forwards a program's requests to the API, and inspects each response.
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { EXIT_OK, EXIT_USAGE, worstExitCode } from "../../model/exit-codes.ts";
import { openFile } from "../../reporters/destination.ts";
import { exchanges } from "../../reporters/exchanges.ts";
import { originOf } from "../../serving/listen.ts";
import { isLoopbackHost } from "../../serving/loopback.ts";
import { readNetwork } from "../../sources/http/network.ts";
import { startTap } from "../../tap/tap.ts";
import { checkUpstreams, parseUpstream, type Upstream } from "../../tap/upstreams.ts";
import { preparePages } from "../../terminal/prepare-page.ts";
import { flushTalk, flushUnlessClosed, type Pages, tell } from "../../terminal/pages.ts";
import type { CommandDefinition, Example } from "../command.ts";
import { readDemands } from "../demands.ts";
import { faultsOf } from "../faults.ts";
import { NO_TABLE, showLiveTable } from "../live-table.ts";
import { openReporters } from "../open-reporters.ts";
import { identityOf } from "../read-files.ts";
import { allOptions, type TapArguments } from "./arguments.ts";
import { environmentOf, writeBaseUrls } from "./base-urls.ts";
import { createFollower } from "./follower.ts";

/** Time limit for reading the last responses after the command has ended. */
const LAST_WORDS_MS = 1000;

/**
 * Taps the upstreams until the command ends, or Ctrl-C. Returns the worst stream's exit code, or the command's own if
 * all streams are fine.
 */
async function tap(
  upstreams: readonly Upstream[],
  command: readonly string[],
  options: TapArguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  await preparePages(pages, options.color || "never", io);
  const hasCommand = command.length > 0;
  const demands = await readDemands(options, io.cwd);
  const { log: logPath, cacert } = options;
  const readPaths = [cacert, demands.configPath].filter((path) => path !== undefined && path !== null);
  const read = new Set(readPaths.map(identityOf));
  if (logPath !== undefined && read.has(identityOf(logPath))) {
    throw new UserError(`--log ${logPath} would overwrite a file that is read`, "choose another file");
  }
  const talk = (message: string): void => tell(message, pages);
  const log = logPath === undefined ? null : await openFile(logPath, "w", talk);
  // With a command, standard output belongs to it.
  const page = log?.page ?? (hasCommand ? pages.stderr : pages.stdout);
  // The command handles Ctrl-C; without a command, Ctrl-C ends open exchanges.
  const stop = new AbortController();
  const usual = [{ name: exchanges.name, path: null }];
  const asked = { isSeveral: true, demands, usual, read: async () => read, log: logPath, talk };
  const reporters = await openReporters(options.reporter, asked, io, page);
  // With a command, the terminal belongs to it.
  const table = hasCommand ? NO_TABLE : showLiveTable(pages.status, io.clock);
  const follower = await createFollower(options, demands, page, reporters, table, stop.signal);
  const server = await startTap({
    upstreams,
    host: options.host,
    port: options.port,
    network: await readNetwork(networkOf(options), io.env),
    maxDecodedBytes: options.maxDecodedSize,
    faults: faultsOf(options),
    faulty: options.faulty ?? Infinity,
    onExchange: (exchange) => follower.follow(exchange),
    onRefusal: (reason) => tell(`refused a request: ${reason}`, pages),
  });
  const origin = originOf({ host: options.host, port: server.port });
  if (!isLoopbackHost(options.host)) {
    tell(`every machine that can reach ${options.host} can use this tap and the keys sent to it`, pages);
  }
  let exitCode: number;
  try {
    exitCode = hasCommand
      ? await runCommand(command, environmentOf(upstreams, origin, options), io)
      : await untilInterrupt(() => writeBaseUrls(upstreams, origin, options, pages), io, pages);
    // The terminal has echoed ^C.
    if (!hasCommand && page.isTerminal) page.write("\n");
    const read = new AbortController();
    const lastWords = io.clock.wait(LAST_WORDS_MS, read.signal);
    await Promise.race([hasCommand ? follower.settled() : follower.endedAreRead(), lastWords]);
    read.abort();
    if (!hasCommand) stop.abort();
  } finally {
    await server.close();
    table.end();
  }
  await follower.settled();
  const ofStreams = worstExitCode(follower.exitCodes);
  const isUnused = hasCommand && follower.exitCodes.length === 0;
  if (isUnused) {
    tell(
      "no request arrived: check that the command reads its base URL from a variable that ssescope tap --print-env " +
        "lists",
      pages,
    );
  }
  const ofCommand = exitCode === EXIT_OK && isUnused ? EXIT_USAGE : exitCode;
  if (ofStreams === EXIT_OK && exitCode !== EXIT_OK) tell(`the command ended with exit code ${exitCode}`, pages);
  await reporters.reporting.end({ exitCode: isUnused ? EXIT_USAGE : ofStreams, streams: follower.exitCodes.length });
  await flushUnlessClosed(page);
  await reporters.close();
  await log?.close();
  await flushTalk(pages.stderr);
  return ofStreams === EXIT_OK ? ofCommand : ofStreams;
}

function networkOf(options: TapArguments): Parameters<typeof readNetwork>[0] {
  return {
    connectTimeoutMs: options.connectTimeout,
    // The tap has no limits of its own; those of the program apply.
    headTimeoutMs: null,
    idleTimeoutMs: null,
    maxTimeMs: null,
    retries: 0,
    caFile: options.cacert ?? null,
    insecure: options.insecure === true,
    http2: options.http2 === true,
    locationTrusted: false,
  };
}

/** Runs the command; throws UserError if there is no such program. */
async function runCommand(
  [program = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  io: Io,
): Promise<number> {
  try {
    return await io.runProgram(program, args, { ...io.env, ...environment });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(`cannot run ${program}: ${error.message}`, "check the command after --");
  }
}

/** Prints how programs find the tap, and waits for Ctrl-C. */
async function untilInterrupt(write: () => void, { interrupt }: Io, { stdout, stderr }: Pages): Promise<number> {
  write();
  await stdout.flush();
  await flushTalk(stderr);
  if (!interrupt.aborted) {
    await new Promise<void>((resolve) => interrupt.addEventListener("abort", () => resolve(), { once: true }));
  }
  return EXIT_OK;
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope tap https://api.openai.com", meaning: "print the base URL to use, then a line per request" },
    {
      command: "ssescope tap https://api.anthropic.com \\\n  -- claude -p 'Say hey'",
      meaning: "run a program with its base URL set, until it ends",
    },
    {
      command:
        "ssescope tap \\\n  --upstream openai=https://api.openai.com \\\n  --upstream anthropic=https://api.anthropic.com \\\n  -- npm test",
      meaning: "tap two APIs; fail if a stream is broken",
    },
    { command: "ssescope tap https://api.openai.com --format events", meaning: "print every event as it arrives" },
  ];
}

export const tapCommand: CommandDefinition<typeof allOptions> = {
  operands: [
    {
      form: "[upstream]",
      summary: "the API's base URL; omit it with --upstream",
      completes: () => [],
    },
    {
      form: "[command...]",
      summary: "after --: a program to run, with its base URL set",
      completes: () => [],
    },
  ],
  options: allOptions,
  usualOptions: ["upstream", "port", "format", "record", "redact", "expect", "print-env"],
  examples,
  async run(operands, options, { io, pages, showHelp }) {
    const [first, ...rest] = operands;
    const named = options.upstream;
    if (named.length === 0 && first === undefined) showHelp();
    if (named.length > 0 && first !== undefined && /^https?:/i.test(first)) {
      throw new UserError("an upstream is given twice", "give its URL alone, or each one as --upstream name=URL");
    }
    const upstreams = named.length > 0 ? named : [parseUpstream(first ?? "")];
    checkUpstreams(upstreams);
    return tap(upstreams, named.length > 0 ? operands : rest, options, io, pages);
  },
};
