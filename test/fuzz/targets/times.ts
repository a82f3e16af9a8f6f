// Captures with `FILE.timing`: read, recorded again and replayed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TIMING_SCHEMA } from "../../../src/sources/timed/timing-file.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { inFolder, joinFiles, splitFiles, writeFiles } from "../folder.ts";
import { describe, perform } from "../perform.ts";
import { served } from "../served.ts";
import { jsonChanges } from "../structure.ts";
import type { Model, Target } from "../target.ts";
import type { Output } from "../trial.ts";
import { parseDocuments, readReports, refuseInvalid, reportersTo } from "../valid.ts";

const CAPTURE = "capture.sse";

function timed(name: string, capture: Uint8Array, timing: string | Uint8Array): Model {
  return { name, path: "", bytes: joinFiles({ [CAPTURE]: capture, [`${CAPTURE}.timing`]: timing }) };
}

const hey = fixtureNamed("openai-responses/hey.sse").bytes;
const tides = fixtureNamed("recorded/tides.sse");

const lines = (...objects: readonly unknown[]): string => objects.map((line) => `${JSON.stringify(line)}\n`).join("");
const chunks = [
  { offset: 0, length: 1000, ms: 100 },
  { offset: 1000, length: hey.length - 1000, ms: 412.5 },
];
const exchange = {
  request: {
    method: "POST",
    url: "https://api.example/v1/responses",
    headers: { "content-type": "application/json" },
    exchange: 1,
    model: "gpt-5",
    stream: true,
  },
  response: {
    status: 200,
    statusText: "OK",
    headers: { "content-type": "text/event-stream", "access-control-allow-origin": "*", "x-request-id": "req_1" },
  },
  redirects: ["https://api.example/v2/responses"],
  attempts: 2,
};
const header = {
  schema: TIMING_SCHEMA,
  source: "https://api.example/v1/responses",
  startedAt: "2026-11-23T09:30:00.000Z",
  exchange,
  opening: { connectMs: 3, tlsMs: 8, headMs: 90 },
};
const failed = {
  ...exchange,
  response: { status: 429, statusText: "Too Many", headers: { "content-type": "application/json" } },
};

/** Runs the program with these arguments on the capture of an input. */
function read(argv: readonly string[], terminalColumns?: number): Output["of"] {
  return (input) =>
    inFolder(async (folder) => {
      writeFiles(folder, splitFiles(input));
      const options = terminalColumns === undefined ? {} : { terminalColumns };
      const path = join(folder, CAPTURE);
      const done = await perform(
        argv.includes(CAPTURE) ? argv.map((word) => (word === CAPTURE ? path : word)) : [...argv, path],
        { ...options, inputBytes: input.length },
      );
      if (argv.includes("--json")) for (const report of parseDocuments(done.stdout)) refuseInvalid("report", report);
      return describe(done).replaceAll(folder, "");
    });
}

export const times: Target = {
  name: "times",
  models: [
    timed("with an exchange", hey, lines(header, ...chunks, { end: "complete", ms: 500, heldBackMs: 1, error: null })),
    timed("killed", hey, lines({ ...header, exchange: null, opening: null }, ...chunks)),
    timed(
      "failed",
      hey,
      lines(header, ...chunks, {
        end: "failed",
        ms: 500,
        heldBackMs: 0,
        error: { code: "IDLE_TIMEOUT", message: "nothing came for 1 s" },
      }),
    ),
    timed(
      "an HTTP error",
      Buffer.from('{"error":{"message":"slow down"}}'),
      lines(
        { ...header, exchange: failed },
        { offset: 0, length: 33, ms: 2 },
        { end: "complete", ms: 5, heldBackMs: 0, error: null },
      ),
    ),
    timed("recorded", tides.bytes, readFileSync(`${tides.path}.timing`)),
  ],
  changes: [...jsonChanges, ...jsonChanges, ...changes],
  trials: [
    { name: "report", outputs: [{ way: "from a file", of: read(["--json"]) }] },
    { name: "events on a terminal", outputs: [{ way: "from a file", of: read(["--format", "events"], 80) }] },
    { name: "summary on a terminal", outputs: [{ way: "from a file", of: read(["--show", "all"], 80) }] },
    { name: "an event on a terminal", outputs: [{ way: "from a file", of: read(["show", CAPTURE, "2"], 80) }] },
    {
      name: "reporters",
      outputs: [
        {
          way: "from a file",
          of: (input) =>
            inFolder(async (folder) => {
              writeFiles(join(folder, "in"), splitFiles(input));
              const argv = ["check", "--no-config", ...reportersTo(folder), join(folder, "in", CAPTURE)];
              await perform(argv, { inputBytes: input.length * 10 });
              return readReports(folder);
            }),
        },
      ],
    },
    {
      name: "recorded and read again",
      outputs: [
        { way: "as it is", of: async (input) => await read(["--json"])(input, NO_CUTS) },
        {
          way: "read again",
          of: (input) =>
            inFolder(async (folder) => {
              writeFiles(folder, splitFiles(input));
              const again = join(folder, "again");
              const first = await perform(["--json", "--record", again, join(folder, CAPTURE)], {
                inputBytes: input.length,
              });
              // An unreadable capture is not recorded.
              if (first.exitCode === 2) return describe(first).replaceAll(folder, "");
              const done = await perform(["--json", again], { inputBytes: input.length });
              return describe({ ...done, stderr: first.stderr })
                .replaceAll(again, `/${CAPTURE}`)
                .replaceAll(folder, "");
            }),
        },
      ],
    },
    {
      name: "replay",
      outputs: [
        {
          way: "served",
          of: (input) =>
            inFolder(async (folder) => {
              writeFiles(folder, splitFiles(input));
              await served(["replay", join(folder, CAPTURE), "--speed", "max"], ["/v1/responses", "//v1/x"]);
              return "";
            }),
        },
      ],
    },
  ],
  trialsEach: 3,
};

const NO_CUTS = { seed: "", original: "" };
