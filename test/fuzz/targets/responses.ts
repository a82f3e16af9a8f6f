// HTTP responses from a raw server: read by the program, recorded, and passed on by `tap`.
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { jsonText } from "../../../src/model/json-text.ts";
import { jumpingClock } from "../../support/clocks.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { start } from "../../support/live.ts";
import { changes } from "../changes.ts";
import { anywhere, type Cut, whole } from "../cuts.ts";
import { inFolder } from "../folder.ts";
import { httpChanges, NEXT } from "../http-changes.ts";
import { BrokenPromise, describe, perform } from "../perform.ts";
import { type Script, serveRaw } from "../raw-server.ts";
import { ask } from "../served.ts";
import type { Model, Target } from "../target.ts";
import type { Output, Trial } from "../trial.ts";
import { untimed } from "../untimed.ts";
import { parseDocuments, readReports, refuseInvalid, reportersTo } from "../valid.ts";
import { dangerousIn } from "../../support/control-characters.ts";

const hey = Buffer.from(fixtureNamed("openai-responses/hey.sse").bytes);
const frames = fixtureNamed("anthropic/text.sse").bytes;
const STREAM = "content-type: text/event-stream";

function response(name: string, head: readonly string[], body: string | Uint8Array): Model {
  return { name, path: "", bytes: Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), Buffer.from(body)]) };
}

function chunked(bytes: Uint8Array, size: number): Buffer {
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    const piece = Buffer.from(bytes.subarray(start, start + size));
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]);
}

const OK = "HTTP/1.1 200 OK";
const SECRET = "sk-planted-7f3a9c1e55d20b86";
const echo = `data: {"type":"error","error":{"message":"bad key ${SECRET}"}}\n\n`;

const models: readonly Model[] = [
  response("until the end", [OK, STREAM, "x-request-id: req_1"], hey),
  response("with a length", [OK, STREAM, `content-length: ${hey.length}`], hey),
  response("in chunks", [OK, STREAM, "transfer-encoding: chunked"], chunked(hey, 700)),
  response("in small chunks", [OK, STREAM, "transfer-encoding: chunked"], chunked(frames, 90)),
  response("gzip", [OK, STREAM, "content-encoding: gzip", "transfer-encoding: chunked"], chunked(gzipSync(hey), 300)),
  response("deflate", [OK, STREAM, "content-encoding: deflate"], deflateSync(hey)),
  response("br", [OK, STREAM, "content-encoding: br"], brotliCompressSync(hey)),
  response(
    "a redirect",
    ["HTTP/1.1 307 Moved", "location: /v2/responses", "content-length: 3"],
    `abc${NEXT}${OK}\r\n${STREAM}\r\n\r\n${hey.toString()}`,
  ),
  response(
    "an error",
    ["HTTP/1.1 429 Slow down", "content-type: application/json", "retry-after: 1"],
    '{"error":{"message":"slow down"}}',
  ),
  response("a secret", [OK, STREAM, `x-echo: ${SECRET}`], echo.repeat(3)),
  response("JSON", [OK, "content-type: application/json"], '{"object":"response","status":"completed","output":[]}'),
];

/** The responses of an input. */
function scriptOf(input: Uint8Array, cut: Cut, seed: string): Script {
  const parts = Buffer.from(input).toString("latin1").split(NEXT);
  const responses = parts.map((part) => Buffer.from(part, "latin1"));
  return { responses, cut: (response) => cut(response, { seed, original: "" }) };
}

const POST = ["-d", '{"stream":true}', "-H", `authorization: Bearer ${SECRET}`, "--max-time", "20s"];

function refuseSecret(text: string): void {
  if (text.includes(SECRET)) throw new BrokenPromise("a key is printed");
}

function reportCut(cut: Cut): Output["of"] {
  return async (input, { seed }) => {
    const port = await serveRaw(scriptOf(input, cut, seed));
    const options = { clock: jumpingClock(), inputBytes: input.length * 50 };
    const { exitCode, stdout, stderr } = await perform(
      ["--json", `http://127.0.0.1:${port}/v1/responses`, ...POST],
      options,
    );
    refuseSecret(stdout + stderr);
    const reports = parseDocuments(stdout);
    for (const report of reports) refuseInvalid("report", report);
    return [`exit ${exitCode}`, ...reports.map(untimed)].join("\n");
  };
}

/** With `isAgain` it retries and waits, so it needs a running clock. A terminal's clock is stopped: no status line. */
function read(argv: readonly string[], isAgain = false): Trial {
  return {
    name: argv.join(" "),
    outputs: [
      {
        way: isAgain ? "again" : "on a terminal",
        of: async (input, { seed }) => {
          const port = await serveRaw(scriptOf(input, anywhere, seed));
          const options = isAgain ? { clock: jumpingClock() } : { terminalColumns: 80 };
          const url = `http://127.0.0.1:${port}/v1/responses`;
          const done = await perform([...argv, url, ...POST], { ...options, inputBytes: input.length * 50 });
          refuseSecret(describe(done));
          return "";
        },
      },
    ],
  };
}

/** The response that a client of `tap` receives. */
async function throughTap(input: Uint8Array, seed: string): Promise<Buffer> {
  const port = await serveRaw(scriptOf(input, anywhere, seed));
  const tap = start(["tap", `http://127.0.0.1:${port}`, "--format", "events"], { terminalColumns: 100 });
  const early = await Promise.race([tap.exitCode, tap.stdout.holds("\n").then(() => null)]);
  if (early !== null) throw new BrokenPromise(`tap ended with ${early}: ${tap.stderr.text()}`);
  const tapPort = Number(/127\.0\.0\.1:(\d+)/.exec(tap.stdout.text())?.[1]);
  const received = await ask(tapPort, "/v1/responses", [`Authorization: Bearer ${SECRET}`]);
  tap.interrupt();
  const exitCode = await tap.exitCode;
  if (exitCode === 70) throw new BrokenPromise(`exit code ${exitCode}`);
  const printed = tap.stderr.text() + tap.stdout.text();
  refuseSecret(printed);
  const [dangerous] = dangerousIn(tap.stderr.text(), { mayHaveColours: true });
  if (dangerous !== undefined) {
    throw new BrokenPromise(`U+${dangerous.codePointAt(0)?.toString(16)} on a terminal`);
  }
  return received;
}

export const responses: Target = {
  name: "responses",
  models,
  changes: [...httpChanges, ...httpChanges, ...changes],
  trials: [
    {
      name: "report",
      outputs: [
        { way: "whole", of: reportCut(whole) },
        { way: "cut anywhere", of: reportCut(anywhere) },
      ],
    },
    read(["--show", "all"]),
    read(["--format", "events"]),
    read(["check", "--no-config"]),
    read(["--retry", "2"], true),
    read(["--reconnect"], true),
    {
      name: "recorded and read again",
      outputs: [
        {
          way: "read again",
          of: (input, { seed }) =>
            inFolder(async (folder) => {
              const port = await serveRaw(scriptOf(input, whole, seed));
              const url = `http://127.0.0.1:${port}/v1/responses`;
              const path = join(folder, "capture");
              const options = { clock: jumpingClock(), inputBytes: input.length * 50 };
              const live = await perform(["--json", "--record", path, url, ...POST], options);
              const again = await perform(["--json", path], options);
              const reports = [live, again].map(({ exitCode, stdout }) => {
                refuseSecret(stdout);
                return [exitCode, ...parseDocuments(stdout).map((report) => sourceless(report))].join("\n");
              });
              if (reports[0] !== reports[1]) {
                throw new BrokenPromise(difference(reports[0] ?? "", reports[1] ?? ""));
              }
              return "";
            }),
        },
      ],
    },
    {
      name: "reporters",
      outputs: [
        {
          way: "whole",
          of: (input, { seed }) =>
            inFolder(async (folder) => {
              const port = await serveRaw(scriptOf(input, whole, seed));
              const argv = ["check", "--no-config", ...reportersTo(folder), `http://127.0.0.1:${port}/v1`, ...POST];
              await perform(argv, { clock: jumpingClock(), inputBytes: input.length * 50 });
              refuseSecret(readReports(folder));
              return "";
            }),
        },
      ],
    },
    {
      name: "tap",
      outputs: [
        {
          way: "passed on",
          of: async (input, { seed }) => {
            await throughTap(input, seed);
            return "";
          },
        },
      ],
    },
  ],
  trialsEach: 2,
  mostReductions: 150,
};

function sourceless(report: unknown): string {
  return jsonText({ ...Object(report), source: null });
}

const CONTEXT = 100;

function difference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(at - CONTEXT, 0);
  const key = /"(\w+)":[^:]*$/.exec(one.slice(0, at))?.[1] ?? "";
  return `it differs after ${key}\n${one.slice(from, at + CONTEXT)}\n${other.slice(from, at + CONTEXT)}`;
}
