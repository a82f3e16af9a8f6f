// `npm run fuzz:kills`: kills the program at random moments while it records, taps and reports, and checks that all
// files it left can be read. It needs `npm run build`.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(ROOT, "bin/ssescope.js");
const CAPTURE = join(ROOT, "fixtures/openai-responses/hey.sse");
const bytes = readFileSync(CAPTURE);
const { values } = parseArgs({ options: { kills: { type: "string", default: "210" } } });
const kills = Number(values.kills);

/** The capture is sent in parts of this size, with this pause after each. */
const PIECE_BYTES = 150;
const PIECE_MS = 8;
/** Latest kill, after the program has begun to write; by then most runs have ended. */
const LATEST_MS = 1500;
/** Programs that run at the same time. */
const AT_ONCE = 6;

const folder = mkdtempSync(join(tmpdir(), "ssescope-kills-"));
/** @type {string[]} */
const faults = [];
/** The number of files and lines that the kills left, by kind. */
const left = { recordings: 0, empty: 0, exchanges: 0, requests: 0, lines: 0, reports: 0 };

/** @param {number} ms */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Whether a file, or a folder that is not empty, exists.
 * @param {string} path
 */
function isThere(path) {
  return existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0);
}

/**
 * Starts the program, and kills it at a random moment after it has created the file or folder `sign`.
 * @param {readonly string[]} argv
 * @param {string} sign
 * @param {(child: import("node:child_process").ChildProcessWithoutNullStreams) => void} meanwhile
 */
async function killed(argv, sign, meanwhile) {
  const child = spawn(process.execPath, [PROGRAM, ...argv]);
  child.stdin.on("error", () => {});
  const closed = new Promise((resolve) => child.once("close", resolve));
  meanwhile(child);
  while (!isThere(sign) && child.exitCode === null) await wait(1);
  await Promise.race([wait(Math.random() * LATEST_MS), closed]);
  child.kill("SIGKILL");
  await closed;
}

/**
 * Sends the capture in parts.
 * @param {import("node:stream").Writable} stream
 */
async function trickle(stream) {
  for (let start = 0; start < bytes.length && !stream.destroyed; start += PIECE_BYTES) {
    stream.write(bytes.subarray(start, start + PIECE_BYTES));
    await wait(PIECE_MS);
  }
  stream.end();
}

/** @param {number} number */
async function killRecording(number) {
  const path = join(folder, `recording-${number}.sse`);
  await killed(["--record", path, "-"], path, (child) => void trickle(child.stdin));
}

const server = createServer((incoming, outgoing) => {
  incoming.resume();
  outgoing.on("error", () => {});
  outgoing.setHeader("content-type", "text/event-stream");
  void trickle(outgoing);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

/** @param {number} number */
async function killTap(number) {
  const session = join(folder, `session-${number}`);
  await killed(["tap", origin, "--record", session], session, (child) => {
    child.stdout.once("data", (line) => {
      const base = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0];
      for (let count = 0; count < 3; count += 1) {
        const asked = request(`${base}/v1/responses`, {
          method: "POST",
          headers: { "content-type": "application/json" },
        });
        asked.on("error", () => {});
        asked.on("response", (response) => response.on("error", () => {}).resume());
        asked.end('{"model":"gpt-5","stream":true}');
      }
    });
  });
}

const REPORTERS = ["json", "ndjson", "junit", "sarif", "html", "markdown"];

/** @param {number} number */
async function killCheck(number) {
  const reports = join(folder, `reports-${number}`);
  mkdirSync(reports);
  const chosen = REPORTERS.flatMap((name) => ["--reporter", `${name}=${join(reports, name)}`]);
  const copy = join(folder, `copy-${number}.sse`);
  await killed(["check", "--no-config", "--record", copy, ...chosen, CAPTURE], copy, () => {});
  if (!readFileSync(CAPTURE).equals(bytes)) faults.push("a source was changed");
}

const KINDS = [killRecording, killTap, killCheck];

let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < kills) {
      const number = next;
      next += 1;
      await KINDS[number % KINDS.length]?.(number);
    }
  }),
);
server.close();
server.closeAllConnections();

/** @type {string[]} */
const captures = [];
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  if (name.endsWith(".sse")) readRecording(path);
  else if (name.startsWith("session-")) readSession(path);
  else if (name.startsWith("reports-")) readReports(path);
}
readAll();

/** @param {string} path */
function readRecording(path) {
  captures.push(path);
  const recorded = readFileSync(path);
  left.recordings += 1;
  if (recorded.length === 0) left.empty += 1;
  if (!bytes.subarray(0, recorded.length).equals(recorded)) faults.push(`${path} differs from the sent bytes`);
}

/** @param {string} session */
function readSession(session) {
  for (const name of readdirSync(session)) {
    const path = join(session, name);
    if (name.endsWith(".request.json")) {
      parse(path, readFileSync(path, "utf8"));
      left.requests += 1;
    } else if (name === "exchanges.ndjson") {
      for (const line of readFileSync(path, "utf8").split("\n").slice(0, -1)) {
        parse(path, line);
        left.lines += 1;
      }
      if (!readFileSync(path, "utf8").endsWith("\n")) faults.push(`${path} ends within a line`);
    } else if (/\.(?:sse|bin)$/.test(name)) {
      captures.push(path);
      left.exchanges += 1;
    } else if (!/\.(?:timing|new)$/.test(name)) faults.push(`${path} is an unknown kind of file`);
  }
}

/** @param {string} reports */
function readReports(reports) {
  for (const name of readdirSync(reports)) {
    left.reports += 1;
    const text = readFileSync(join(reports, name), "utf8");
    // NDJSON must have whole lines, except the last. A cut file of the other formats is not a valid document.
    if (name === "ndjson") for (const line of text.split("\n").slice(0, -1)) parse(join(reports, name), line);
  }
}

/**
 * @param {string} path
 * @param {string} json
 */
function parse(path, json) {
  try {
    JSON.parse(json);
  } catch {
    faults.push(`${path} is not JSON`);
  }
}

/** Reads every capture with the program. */
function readAll() {
  for (let from = 0; from < captures.length; from += 50) {
    const some = captures.slice(from, from + 50);
    const argv = [PROGRAM, "check", "--no-config", "--reporter", "ndjson", ...some];
    const { stdout, status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8", maxBuffer: 1e9 });
    if (status === null || status === 70) faults.push(`exit code ${status}: ${stderr.slice(0, 500)}`);
    const read = new Set();
    for (const line of stdout.split("\n").filter((text) => text.startsWith("{"))) {
      const { source, exitCode, findings } = JSON.parse(line);
      if (source !== undefined) read.add(source);
      if (exitCode === 2) faults.push(`${source} cannot be read: ${JSON.stringify(findings)}`);
    }
    for (const path of some) if (!read.has(path)) faults.push(`${path} was not read`);
  }
}

const total = `${kills} kills left ${Object.entries(left)
  .map(([what, count]) => `${count} ${what}`)
  .join(", ")}`;
process.stdout.write(`${total}\nfaults: ${faults.length}\n`);
for (const fault of new Set(faults)) process.stdout.write(`${fault}\n`);
if (faults.length === 0) rmSync(folder, { recursive: true });
else process.stdout.write(`files are in ${folder}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
