// WebSockets: handshakes and frames of a raw server.
import { jumpingClock } from "../../support/clocks.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { anywhere, type Cut, whole } from "../cuts.ts";
import { frameChanges, httpChanges } from "../http-changes.ts";
import { perform } from "../perform.ts";
import { ACCEPT_MARK, serveRaw } from "../raw-server.ts";
import type { Model, Target } from "../target.ts";
import type { Output } from "../trial.ts";
import { untimed } from "../untimed.ts";
import { parseDocuments, refuseInvalid } from "../valid.ts";

const HANDSHAKE = [
  "HTTP/1.1 101 Switching Protocols",
  "upgrade: websocket",
  "connection: upgrade",
  `sec-websocket-accept: ${ACCEPT_MARK}`,
  "",
  "",
].join("\r\n");

const MEDIUM = 126;
const TEXT = 0x81;
const CLOSE = Buffer.from([0x88, 0x02, 0x03, 0xe8]);

function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < MEDIUM
      ? Buffer.from([TEXT, body.length])
      : Buffer.from([TEXT, MEDIUM, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

const messages = Buffer.from(fixtureNamed("openai-responses/hey.sse").bytes)
  .toString()
  .split("\n")
  .filter((line) => line.startsWith("data: {"))
  .map((line) => frameOf(line.slice("data: ".length)));

function model(name: string, frames: readonly Uint8Array[]): Model {
  return { name, path: "", bytes: Buffer.concat([Buffer.from(HANDSHAKE), ...frames]) };
}

function read(argv: readonly string[], cut: Cut, terminalColumns?: number): Output["of"] {
  return async (input, cuts) => {
    const port = await serveRaw({ responses: [Buffer.from(input)], cut: (response) => cut(response, cuts) });
    // A terminal's clock is stopped, so no status line appears.
    const way = terminalColumns === undefined ? { clock: jumpingClock() } : { terminalColumns };
    const options = { inputBytes: input.length * 10, ...way };
    const argvWithUrl = [...argv, `ws://127.0.0.1:${port}/v1/realtime`, "--max-time", "20s"];
    const done = await perform(argvWithUrl, options);
    if (!argv.includes("--json")) return "";
    const reports = parseDocuments(done.stdout);
    for (const report of reports) refuseInvalid("report", report);
    return [`exit ${done.exitCode}`, ...reports.map(untimed)].join("\n");
  };
}

export const webSockets: Target = {
  name: "web-sockets",
  models: [model("a response", [...messages, CLOSE]), model("without a close", messages)],
  changes: [...frameChanges, ...httpChanges, ...changes],
  trials: [
    {
      name: "report",
      outputs: [
        { way: "whole", of: read(["--json"], whole) },
        { way: "cut anywhere", of: read(["--json"], anywhere) },
      ],
    },
    {
      name: "events on a terminal",
      outputs: [{ way: "cut anywhere", of: read(["--format", "events"], anywhere, 80) }],
    },
    { name: "check on a terminal", outputs: [{ way: "whole", of: read(["check", "--no-config"], whole, 80) }] },
  ],
  trialsEach: 2,
  mostReductions: 150,
};
