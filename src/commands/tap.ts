// `ssescope tap`: a program's requests on their way to the API, and each response through the pipeline.
import { createCaptureRedactor } from "../capture/redact/redactor.ts";
import type { Checked } from "../check/checked.ts";
import { judge, judgeUnreadable } from "../check/judge.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type CheckExitCode, EXIT_OK, worstExitCode } from "../model/exit-codes.ts";
import { openFile } from "../reporters/destination.ts";
import { exchanges } from "../reporters/exchanges.ts";
import { originOf } from "../serving/listen.ts";
import { isLoopbackHost } from "../serving/loopback.ts";
import { fileSource } from "../sources/file.ts";
import { readNetwork } from "../sources/http/network.ts";
import type { Exchange } from "../tap/exchange.ts";
import { optionsFor, variablesFor } from "../tap/programs.ts";
import { openSession, type Sharing } from "../tap/session.ts";
import { startTap } from "../tap/tap.ts";
import { checkUpstreams, parseUpstream, type Upstream } from "../tap/upstreams.ts";
import { colorPage } from "../terminal/color.ts";
import { createLabels } from "../terminal/labels.ts";
import { flushTalk, flushUnlessClosed, type Pages, tell } from "../terminal/pages.ts";
import type { View } from "../views/view.ts";
import { views } from "../views/index.ts";
import type { CommandDefinition, Example } from "./command.ts";
import { readDemands } from "./demands.ts";
import { openReporters } from "./open-reporters.ts";
import { faultsOf } from "./faults.ts";
import { demandOptions } from "./options/check.ts";
import { faultOptions } from "./options/faults.ts";
import { inputOptions } from "./options/input.ts";
import { connectionOptions } from "./options/network.ts";
import type { ArgumentsOf } from "./options/option.ts";
import { colorOptions } from "./options/output.ts";
import { addressOptions } from "./options/server.ts";
import { tapOptions } from "./options/tap.ts";
import { inspect } from "./read-source.ts";
import { showOpen } from "./show-open.ts";

const allOptions = [
  ...tapOptions,
  ...demandOptions,
  ...colorOptions,
  ...addressOptions,
  ...inputOptions,
  ...connectionOptions,
  ...faultOptions,
] as const;

type TapArguments = ArgumentsOf<typeof allOptions>;

/** What a view shows of an exchange. */
const SHOWN = { channels: new Set(["text"] as const), source: null, isOneOfMany: true };

/** Shows nothing: what there is to say comes when an exchange is over. */
const silent: View = { name: "none", title: "nothing", hasSummary: false, create: () => ({}) };

/** Taps the upstreams until the command is over, or Ctrl-C; gives the worst exit code. */
async function tap(
  upstreams: readonly Upstream[],
  command: readonly string[],
  options: TapArguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  for (const each of [pages.stdout, pages.stderr]) await colorPage(each, options.color || "never", io.env);
  const hasCommand = command.length > 0;
  // A command has standard output for itself.
  const log = options.log === undefined ? null : await openFile(options.log, "w");
  const page = log?.page ?? (hasCommand ? pages.stderr : pages.stdout);
  const demands = await readDemands(options, io.cwd);
  const { reporting, flush, close } = await openReporters(
    options.reporter,
    { isSeveral: true, failOn: demands.failOn, sources: [], usual: [{ name: exchanges.name, path: null }] },
    io,
    page,
  );
  const view: View = views.find(({ name }) => name === options.format) ?? silent;
  const labels = createLabels(page);
  // Ctrl-C is the command's to heed.
  const interrupt = hasCommand ? new AbortController().signal : io.interrupt;
  const open = new Map<Exchange, Promise<void>>();
  const exitCodes: CheckExitCode[] = [];

  const reading = {
    framing: options.framing ?? null,
    dialect: options.dialect ?? null,
    rules: demands.rules,
    maxEventBytes: options.maxEventSize,
    maxDecodedBytes: options.maxDecodedSize,
    takesAnswers: true,
  };
  const unseen = {
    view: silent,
    options: { channels: new Set<never>(), source: null, isOneOfMany: true },
    page: { ...page, flush: async () => {} },
  };
  const session = options.record === undefined ? null : await openSession(options.record, sharingOf());

  /** How the recording becomes one that can be shared, if that is asked for. */
  function sharingOf(): Sharing | null {
    if (options.redact !== true) return null;
    return {
      redactor: (http) => createCaptureRedactor({ ...reading, http }),
      inspect: async (path) => (await inspect(fileSource(path), reading, unseen, interrupt)).reports,
    };
  }

  async function follow(exchange: Exchange): Promise<void> {
    const showing = view === silent ? unseen : { view, options: SHOWN, page: labels.next(`#${exchange.number} `) };
    const source = session?.recorded(exchange) ?? exchange.source;
    const { name, reports, error } = await inspect(source, reading, showing, interrupt);
    const checked: readonly Checked[] =
      error === null ? reports.map((report) => judge(report, demands)) : [judgeUnreadable(name, error, demands.rules)];
    await session?.add(exchange, reports);
    for (const one of checked) {
      exitCodes.push(one.exitCode);
      reporting.checked(one);
    }
    await flushUnlessClosed(page);
    await flush();
  }

  const network = await readNetwork(networkOf(options), io.env);
  const server = await startTap({
    upstreams,
    host: options.host,
    port: options.port,
    network,
    maxDecodedBytes: options.maxDecodedSize,
    faults: faultsOf(options),
    faulty: options.faulty ?? Infinity,
    onExchange(exchange) {
      const followed = follow(exchange).finally(() => open.delete(exchange));
      open.set(exchange, followed);
    },
    onRefusal: (reason) => tell(`refused a request: ${reason}`, pages),
  });
  const origin = originOf({ host: options.host, port: server.port });
  if (!isLoopbackHost(options.host)) {
    tell(`every machine that reaches ${options.host} can use this tap, and the keys that it is sent`, pages);
  }
  const status = hasCommand ? null : showOpen(open, pages.status, io.clock);
  const ofCommand = hasCommand
    ? await runCommand(command, environmentOf(upstreams, origin, options), io)
    : await untilInterrupt(upstreams, origin, options, io, pages);
  await Promise.race([Promise.all(open.values()), io.clock.wait(LAST_WORDS_MS, new AbortController().signal)]);
  await server.close();
  await Promise.all(open.values());
  status?.end();
  const exitCode = worstExitCode(exitCodes);
  await reporting.end({ exitCode, streams: exitCodes.length });
  await flushUnlessClosed(page);
  await close();
  await log?.close();
  await flushTalk(pages.stderr);
  return exitCode === EXIT_OK ? ofCommand : exitCode;
}

/** How long the last responses may take to be read when the command is over. */
const LAST_WORDS_MS = 1000;

function networkOf(options: TapArguments): Parameters<typeof readNetwork>[0] {
  return {
    connectTimeoutMs: options.connectTimeout,
    // No limits of its own: those of the program hold.
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

/** The base URL to use in place of an upstream's. */
function baseOf({ name }: Upstream, origin: string): string {
  return name === null ? origin : `${origin}/${name}`;
}

/** The variables that send programs to the tap. */
function environmentOf(
  upstreams: readonly Upstream[],
  origin: string,
  { env }: TapArguments,
): Readonly<Record<string, string>> {
  const known = upstreams.map((upstream) => variablesFor(upstream, baseOf(upstream, origin)));
  const first = upstreams[0];
  const given = first === undefined ? [] : env.map((name) => [name, baseOf(first, origin)]);
  return Object.assign({}, ...known, Object.fromEntries(given));
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

/** Says where programs find the tap, and waits for Ctrl-C. */
async function untilInterrupt(
  upstreams: readonly Upstream[],
  origin: string,
  options: TapArguments,
  io: Io,
  { stdout, stderr }: Pages,
): Promise<number> {
  const environment = environmentOf(upstreams, origin, options);
  if (options.printEnv === true) {
    for (const [name, value] of Object.entries(environment)) stdout.write(`export ${name}=${value}\n`);
  } else {
    for (const upstream of upstreams) stdout.write(`${baseOf(upstream, origin)}\n`);
    stderr.write("for programs: ", "dim");
    stderr.write(
      `${Object.entries(environment)
        .map(([name, value]) => `${name}=${value}`)
        .join(" ")}\n`,
    );
    for (const upstream of upstreams) {
      for (const option of optionsFor(upstream, baseOf(upstream, origin))) stderr.write(`  ${option}\n`);
    }
  }
  await stdout.flush();
  await flushTalk(stderr);
  if (!io.interrupt.aborted) {
    await new Promise<void>((resolve) => io.interrupt.addEventListener("abort", () => resolve(), { once: true }));
  }
  return EXIT_OK;
}

function examples(): readonly Example[] {
  return [
    { command: "ssescope tap https://api.openai.com", meaning: "print the base URL to use, then a line per request" },
    {
      command: "ssescope tap https://api.anthropic.com \\\n  -- claude -p 'Say hey'",
      meaning: "run a program with its base URL set, and end with it",
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
      summary: "the API's base URL; left out with --upstream",
      completes: () => [],
    },
    {
      form: "[command...]",
      summary: "after --: a program to run, which is sent here",
      completes: () => [],
    },
  ],
  options: allOptions,
  examples,
  async run(operands, options, { io, pages, showHelp }) {
    const [first, ...rest] = operands;
    const named = options.upstream;
    if (named.length === 0 && first === undefined) showHelp();
    const upstreams = named.length > 0 ? named : [parseUpstream(first ?? "")];
    checkUpstreams(upstreams);
    return tap(upstreams, named.length > 0 ? operands : rest, options, io, pages);
  },
};
