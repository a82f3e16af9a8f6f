// Recording a stream, and reading the recording.
import { closeSync, existsSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { recordingSource } from "../../src/capture/recording-source.ts";
import { bareInput, noChunks } from "../../src/sources/input.ts";
import { hey, heyAfterDelta, heyUntilDelta } from "../support/captured.ts";
import { captureFiles, temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { createGate, start } from "../support/live.ts";
import { parseReport } from "../support/read-report.ts";
import { closedPort, RESET, serve } from "../support/server.ts";
import {
  complete,
  header,
  isTimingLine,
  newCapture,
  timedCapture,
  timingOf,
  twoChunks,
} from "./support/timed-capture.ts";

test("A recording that begins while Ctrl-C comes is closed as interrupted; after it, none begins.", async () => {
  const path = newCapture();
  const interrupt = new AbortController();
  const input = { ...bareInput(noChunks()), closing: () => ({ endMs: 5, heldBackMs: 0 }) };
  const source = { name: "late", open: () => Promise.resolve(input) };
  const recording = recordingSource(
    source,
    () => {
      interrupt.abort();
      return path;
    },
    null,
  );
  await recording.open(interrupt.signal);
  expect(timingOf(path).at(-1)).toMatchObject({ end: "interrupted", ms: 5 });
  rmSync(path);
  await recording.open(interrupt.signal);
  expect(existsSync(path)).toBe(false);
});

describe("A live stream", () => {
  test("is recorded byte for byte, with request, response and times, and reads back the same.", async () => {
    const gate = createGate();
    const headers = {
      "content-type": "text/event-stream",
      "x-request-id": "req_1",
      "set-cookie": "session=abcdef",
      "mcp-session-id": "mcp-1234",
    };
    const { origin } = await serve({ headers, body: [heyUntilDelta, gate.opened, heyAfterDelta] });
    const path = newCapture();
    const argv = [`${origin}/v1/responses?key=in-the-url`, "--json", "--record", path, "-H", "x-api-key: in-a-header"];
    const live = start([...argv, "-d", '{"input":"hey"}']);
    gate.open();
    expect(await live.exitCode).toBe(0);
    expect(readFileSync(path).equals(hey)).toBe(true);
    const written = readFileSync(`${path}.timing`, "utf8");
    for (const secret of ["in-the-url", "in-a-header", "abcdef", "mcp-1234"]) expect(written).not.toContain(secret);
    const [first, ...lines] = timingOf(path);
    for (const line of [first, ...lines])
      expect({ line, isValid: isTimingLine(line) }).toEqual({ line, isValid: true });
    expect(first).toMatchObject({
      schema: "ssescope/timing@1",
      exchange: {
        request: { method: "POST", url: `${origin}/v1/responses?key=REDACTED`, headers: { "x-api-key": "REDACTED" } },
        response: { status: 200, headers: { "x-request-id": "req_1", "set-cookie": "REDACTED" } },
      },
    });
    expect(lines.at(-1)).toMatchObject({ end: "complete", error: null });

    const again = parseReport((await run([path, "--json"])).stdout);
    expect(again).toEqual({ ...parseReport(live.stdout.text()), source: path });
    expect(again.timing).not.toBeNull();
  });

  test("that fails is recorded with its failure.", async () => {
    const { origin } = await serve({ body: [heyUntilDelta, RESET] });
    const path = newCapture();
    const live = await run([origin, "--json", "--record", path]);
    expect(live.exitCode).toBe(6);
    const again = await run([path, "--json"]);
    expect(again.exitCode).toBe(6);
    expect(parseReport(again.stdout).error).toEqual(parseReport(live.stdout).error);
  });

  test("that cannot be opened is recorded as a failure, over the old recording.", async () => {
    const path = newCapture();
    writeFileSync(path, hey);
    const live = await run([`http://127.0.0.1:${await closedPort()}/`, "--json", "--record", path]);
    expect(live.exitCode).toBe(6);
    expect(readFileSync(path)).toHaveLength(0);
    const { exitCode, stdout } = await run([path, "--json"]);
    expect(exitCode).toBe(6);
    expect(parseReport(stdout).error).toEqual(parseReport(live.stdout).error);
  });

  test.each([
    ["cut", gzipSync(hey).subarray(0, 900)],
    ["damaged", Buffer.concat([gzipSync(hey).subarray(0, 900), Buffer.alloc(200, 0xff)])],
    ["damaged from the beginning", Buffer.from("HTTP")],
  ])("whose compression is %s is recorded with that.", async (_, body) => {
    const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };
    const { origin } = await serve({ headers, body });
    const path = newCapture();
    const live = parseReport((await run([origin, "--json", "--record", path])).stdout);
    expect(timingOf(path).filter((line) => !isTimingLine(line))).toEqual([]);
    const again = parseReport((await run([path, "--json"])).stdout);
    expect(again).toEqual({ ...live, source: path });
  });

  test("that is an HTTP error is recorded with its status.", async () => {
    const { origin } = await serve({ status: 429, body: '{"error":{"message":"slow down"}}' });
    const path = newCapture();
    expect((await run([origin, "--record", path])).exitCode).toBe(7);
    const again = await run([path, "--json"]);
    expect(parseReport(again.stdout)).toMatchObject({ verdict: "not-a-stream", http: { status: 429 } });
  });

  test("that is interrupted leaves the bytes received.", async () => {
    const never = new Promise<never>(() => {});
    const { origin } = await serve({ body: [heyUntilDelta, never] });
    const path = newCapture();
    const { stdout, interrupt, exitCode } = start([origin, "--record", path]);
    await stdout.holds("hey");
    interrupt();
    expect(await exitCode).toBe(130);
    expect(readFileSync(path).equals(heyUntilDelta)).toBe(true);
    expect(timingOf(path).at(-1)).toMatchObject({ end: "interrupted" });
    expect((await run([path])).exitCode).toBe(5);
  });
});

describe("A pipe", () => {
  test("without times is recorded without a timing file, and an old one is deleted.", async () => {
    const path = timedCapture(hey, header, ...twoChunks, complete);
    await run(["--record", path, "-"], { stdin: [heyUntilDelta] });
    expect(readFileSync(path).equals(heyUntilDelta)).toBe(true);
    expect(existsSync(`${path}.timing`)).toBe(false);
  });
});

describe("--record", () => {
  test("takes one source.", async () => {
    const { exitCode, stderr } = await run(["a.sse", "b.sse", "--record", newCapture()]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--record takes one source");
  });

  test("does not overwrite the file that it reads.", async () => {
    const [path = ""] = captureFiles({ "capture.sse": hey });
    const { exitCode, stderr } = await run([path, "--record", path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--record would overwrite the file that is read");
    expect(readFileSync(path).equals(hey)).toBe(true);
  });

  test("does not overwrite a file that is standard input.", async () => {
    const [path = ""] = captureFiles({ "capture.sse": hey });
    const fd = openSync(path, "r");
    try {
      for (const command of [[], ["check", "--no-config"]]) {
        const stdin = Object.assign(Readable.from([hey]), { fd });
        const { exitCode, stderr } = await run([...command, "--record", path], { stdin });
        expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("that is read") });
      }
    } finally {
      closeSync(fd);
    }
    expect(readFileSync(path).equals(hey)).toBe(true);
  });

  test.each([
    ["a link to its source", "link.sse", "capture.sse"],
    ["times over its source", "capture.sse", "capture.sse.timing"],
    ["the times of its source", "capture.sse.timing", "capture.sse"],
    ["the request body", "body.json", "http://127.0.0.1:1/", "-d", "@body.json"],
    ["times over the request headers", "headers", "http://127.0.0.1:1/", "-H", "@headers.timing"],
  ])("does not write %s.", async (_, record, ...argv) => {
    const folder = temporaryDirectory();
    const files = ["capture.sse", "capture.sse.timing", "body.json", "headers.timing"];
    for (const file of files) writeFileSync(join(folder, file), hey);
    linkSync(join(folder, "capture.sse"), join(folder, "link.sse"));
    const placed = argv.map((word) => word.replace(/^@?(?=[a-z.]+$)/, (at) => `${at}${folder}/`));
    const { exitCode, stderr } = await run([...placed, "--record", join(folder, record)]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("that is read") });
    for (const file of files) expect(readFileSync(join(folder, file)).equals(hey)).toBe(true);
  });

  test.each([[[]], [["check"]], [["--redact"]]])("creates missing folders, and says so: %s", async (options) => {
    const root = temporaryDirectory();
    const path = join(root, "no", "such", "folder.sse");
    const { exitCode, stderr } = await run([...options, "-", "--record", path], { stdin: [hey] });
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining(`created the folder ${join(root, "no")} for ${path}`),
    ]);
    expect(existsSync(path)).toBe(true);
  });

  test("creates no folder for a source that cannot be read.", async () => {
    const folder = join(temporaryDirectory(), "no");
    const { exitCode, stderr } = await run(["gone.sse", "--record", join(folder, "a.sse")]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("no such file")]);
    expect(existsSync(folder)).toBe(false);
  });

  test("reports a folder that it cannot create, before a request is sent.", async () => {
    const file = join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const path = join(file, "a", "b.sse");
    for (const source of ["-", "http://127.0.0.1:1/"]) {
      const { exitCode, stderr } = await run([source, "--record", path], { stdin: [hey] });
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`cannot write ${path}: its folder cannot be created (ENOTDIR)`);
    }
  });

  test.each([
    ["-", "--record writes to a file, not to standard output"],
    ["/dev/null", "cannot record to /dev/null: it is not a regular file"],
    [".", "it is not a regular file"],
    ["x".repeat(300), "cannot write x"],
  ])("refuses a target that is not a regular file: %s", async (target, message) => {
    for (const command of [[], ["check", "--no-config"]]) {
      const { exitCode, stderr } = await run([...command, "--record", target], { stdin: [hey] });
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
    }
    expect(existsSync("-") || existsSync("/dev/null.timing")).toBe(false);
  });

  test("records the input of a check too.", async () => {
    const path = newCapture();
    writeFileSync(path, "what was there before");
    expect((await run(["check", "--no-config", "--record", path, "-"], { stdin: [hey] })).exitCode).toBe(0);
    expect(readFileSync(path).equals(hey)).toBe(true);
  });
});

describe("--redact", () => {
  test("records a copy with the same times, findings and verdict, but without content.", async () => {
    const { path } = fixtureNamed("recorded/tides.sse");
    const copy = newCapture();
    const shown = await run([path, "--record", copy, "--redact"]);
    expect(shown.stdout).toContain("At Büsum the ebb");
    const [original, again] = [readFileSync(path, "utf8"), readFileSync(copy, "utf8")];
    expect(again.length).toBe(original.length);
    for (const word of ["Büsum", "faster", "resp_9f2c5c1be07d4a35"]) {
      expect(original).toContain(word);
      expect(again).not.toContain(word);
    }
    expect(timingOf(copy).slice(1)).toEqual(timingOf(path).slice(1));
    const header = JSON.stringify(timingOf(copy)[0]);
    for (const word of ["gateway.example", "req_5d1f0c7ab2e94c36", "2026"]) expect(header).not.toContain(word);
    const [a, b] = [await run([path, "--json"]), await run([copy, "--json"])].map(({ stdout }) => parseReport(stdout));
    expect(b?.timing).toEqual(a?.timing);
    expect(b?.findings).toEqual(a?.findings);
    expect((await run(["diff", path, copy, "--only", "structure,usage,verdict"])).exitCode).toBe(0);
  });

  test("removes the host from a stream's failure.", async () => {
    const { origin, port } = await serve({ body: [heyUntilDelta, RESET] });
    const copy = newCapture();
    await run([origin, "--record", copy, "--redact"]);
    const written = readFileSync(`${copy}.timing`, "utf8");
    expect(written).toContain('"end":"failed"');
    expect(written).not.toContain(String(port));
  });

  test("needs --record.", async () => {
    const { exitCode, stderr } = await run(["-", "--redact"], { stdin: [hey] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--redact needs --record");
  });

  test("reports what it cannot redact, and writes nothing.", async () => {
    const copy = newCapture();
    const { exitCode, stderr } = await run([fixtureNamed("log/gitlab.log").path, "--record", copy, "--redact"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("a capture of the framing log cannot be redacted");
    expect(readFileSync(copy, "utf8")).toBe("");
  });
});
