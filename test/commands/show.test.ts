import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { captureFiles } from "../support/files.ts";
import { chosenFixtures, fixtureNamed } from "../support/fixtures.ts";
import { run, type RunOptions } from "../support/io.ts";
import { created, data, errorEvent, stream, textDelta } from "../support/stream.ts";

const tides = fixtureNamed("recorded/tides.sse");
const chrome = fixtureNamed("har/chrome.har");

async function* endless() {
  for (let index = 0; ; index += 1) yield Buffer.from(data(`event ${index}`));
}

describe("show", () => {
  test("prints an event in full: name, place, time, facts and data", async () => {
    const { stdout, exitCode } = await run(["show", tides.path, "5"]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `event 5  response.output_text.delta
  line 16, byte 1,207, 185 bytes, sequence number 5
  at 1.821 s, 0 ms after the event before
  text       [0] " Büsum"
{
  "type": "response.output_text.delta",
  "sequence_number": 5,
  "item_id": "msg_51d0c3a9e6b84f27",
  "output_index": 0,
  "content_index": 0,
  "delta": " Büsum"
}
`,
    );
  });

  test.each([
    [["4-6"], [4, 5, 6]],
    [["45-"], [45, 46]],
    [
      ["1", "3"],
      [1, 3],
    ],
    [["line:16"], [5]],
    [["line:17"], [5]],
    [["line:16-20"], [5, 6]],
    [["seq:7"], [7]],
  ])("finds the events at %j", async (addresses, indexes) => {
    const { stdout } = await run(["show", tides.path, ...addresses]);
    expect([...stdout.matchAll(/^event (\d+)/gm)].map(([, index]) => Number(index))).toEqual(indexes);
  });

  test("prints the findings of an event", async () => {
    const { stdout } = await run(["show", "-", "1"], { stdin: [stream(created(), errorEvent("overloaded", "later"))] });
    expect(stdout).toMatch(/\n {2}error {6}overloaded: later\n\{\n[^]*\}\nerror in-band-error: overloaded: later\n$/);
  });

  test("prints data that is not JSON unchanged, and numbers and keys as written", async () => {
    const input =
      data("two\nlines") + data('{"n":1e3,"n":12345678901234567890,"deep":[[],{},[1]],"\\"k":"\\u00fc\\\\"}');
    const { stdout } = await run(["show", "-", "0-"], { stdin: [input] });
    expect(stdout).toContain("\ntwo\nlines\n");
    expect(stdout).toContain(
      `{
  "n": 1e3,
  "n": 12345678901234567890,
  "deep": [
    [],
    {},
    [
      1
    ]
  ],
  "\\"k": "\\u00fc\\\\"
}
`,
    );
  });

  test("prints JSON of any depth", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const { stdout } = await run(["show", "-", "0"], { stdin: [data(deep)] });
    expect(stdout.replaceAll(/\s/g, "")).toContain(deep);
    expect(stdout.length).toBeLessThan(2 * deep.length);
  });

  test("cuts long strings only on a terminal, and not with --full", async () => {
    const input = stream(created(), textDelta("x".repeat(100_000)));
    const argv = ["show", "--no-color"];
    const [path = ""] = captureFiles({ "a.sse": input });
    const onTerminal = await run([...argv, path, "1"], { terminalColumns: 80 });
    expect(onTerminal.stdout).toMatch(/"delta": "x+… \(100,000 characters\)\n/);
    expect(onTerminal.stdout.length).toBeLessThan(2000);
    for (const { stdout } of [
      await run([...argv, path, "1"]),
      await run([...argv, "--full", path, "1"], { terminalColumns: 80 }),
    ]) {
      expect(stdout).toContain(`"delta": "${"x".repeat(100_000)}"`);
    }
  });

  test.each([40, 60, 80, 120, 200])("fits a terminal of %i columns, except for the data", async (terminalColumns) => {
    const [path = ""] = captureFiles({ "a.sse": stream(created(), errorEvent("x", "混み合っています ".repeat(30))) });
    const { stdout } = await run(["show", "--no-color", path, "1"], { terminalColumns });
    const lines = stdout.split("\n").filter((line) => !line.includes('"message"'));
    expect(lines.filter((line) => stringWidth(line) > terminalColumns)).toEqual([]);
  });

  test("reports an index that is out of range", async () => {
    const { exitCode, stdout, stderr } = await run(["show", tides.path, "46", "99"]);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^event 46 /);
    expect(stderr).toBe(`ssescope: no event 99 in ${tides.path}: it has 47 events, 0 to 46\n`);
  });

  test("describes an input without events", async () => {
    const { exitCode, stderr } = await run(["show", "-", "0"], { stdin: ["<html><title>502</title></html>"] });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ssescope: no event 0 in -: .*502/);
  });

  test.each([
    ["x", "Expected an event such as 12, 12-14, 12-, line:120 or seq:7."],
    ["-1", "Events cannot be counted from the end; for the first ones, write 0-1."],
    ["5-2", "Expected the first index before the last, as in 2-5."],
  ])("refuses the address %s", async (address, words) => {
    const { exitCode, stderr } = await run(["show", tides.path, address]);
    expect([exitCode, stderr]).toEqual([2, `ssescope: cannot show ${address}\n  ${words}\n`]);
  });

  test("lists several streams to choose from, and shows the chosen one with its lines", async () => {
    const several = await run(["show", chrome.path, "0"]);
    expect(several.exitCode).toBe(2);
    expect(several.stdout).toBe("");
    expect(several.stderr).toMatch(
      /has 2 streams\n {2}choose one with --stream: 1 \(line 244, POST .*\), 2 \(line 324, /,
    );
    const { stdout } = await run(["show", "--stream", "2", chrome.path, "0"]);
    expect(stdout).toMatch(/^event 0 [^\n]*\n {2}line 381 \(line 1 of the body\), byte 0, /);
    const { exitCode, stderr } = await run(["show", "--stream", "3", chrome.path, "0"]);
    expect([exitCode, stderr]).toEqual([2, `ssescope: ${chrome.path} has 2 streams, so --stream 3 does not exist\n`]);
  });

  test("stops reading after the last requested event", async () => {
    const { exitCode, stdout } = await run(["show", "-", "3"], { stdin: Readable.from(endless()) });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("event 3\n");
  });
});

describe("show --raw", () => {
  test("prints the bytes of events as they are in the input", async () => {
    const { stdout } = await run(["show", "--raw", tides.path, "4-5"]);
    expect(stdout).toBe(Buffer.from(tides.bytes).toString("utf8", 1027, 1207 + 185));
  });

  test("includes the chunk sizes among the bytes of binary frames", async () => {
    const frames = (await wireOf([fixtureNamed("aws-eventstream/chunked.bin").path])).filter(isEvent);
    const ends = frames.map(({ offset, length }) => Number(offset) + Number(length));
    expect(frames.slice(1).map(({ offset }) => offset)).toEqual(ends.slice(0, -1));
  });

  test("prints them decompressed", async () => {
    const [path = ""] = captureFiles({ "a.sse.gz": gzipSync(tides.bytes) });
    const { stdout } = await run(["show", "--raw", path, "0-46"]);
    expect(stdout).toBe(Buffer.from(tides.bytes).toString());
  });

  test.each(["\n", "\r", "\r\n"])("keeps line ends: %j", async (end) => {
    const input = `event: a${end}data: 1${end}${end}data: 2${end}${end}data: 3${end}${end}`;
    for (const stdin of [[input], Array.from(input)]) {
      const { stdout } = await run(["show", "--raw", "-", "0-"], { stdin });
      expect(stdout).toBe(input);
    }
  });

  /** Fixtures that are not valid as text, or whose events cannot be recognised without their surroundings. */
  const notReadAgain = new Map([
    ["archives/req-llm-chunks.json", "binary frames"],
    ["archives/request-response-eventstream.json", "binary frames"],
    ["cassette/eventstream-as-binary.yaml", "binary frames"],
    ["har/eventstream-in-base64.har", "binary frames"],
    ["aws-eventstream/decoded-bytes-printed.txt", "the printed bytes are unwrapped when they are read"],
    ["broken/gemini-enums-as-numbers.json", "one element of an array, printed over several lines, is a document"],
    ["broken/named-events-without-blank-lines.sse", "an event ends where the next one begins"],
    ["broken/no-blank-lines.sse", "an event ends where the next one begins"],
    ["log/without-blank-lines.log", "an event ends where the next one begins"],
  ]);
  const read = chosenFixtures.filter(
    ({ name }) => !name.startsWith("rules/") && !/\.(?:bin|http)$/.test(name) && !notReadAgain.has(name),
  );

  test.each(read.map(({ name, path }) => [name, path]))(
    "prints bytes that contain the same events: %s",
    async (_, path) => {
      const records = await wireOf([path]);
      const events = records
        .slice(
          0,
          records.findIndex(({ type }) => type === "end"),
        )
        .filter(isEvent);
      if (events.length === 0) return;
      const { stdout, exitCode } = await run(["show", "--raw", "--stream", "1", path, `0-${events.length - 1}`]);
      expect(exitCode).toBe(0);
      const again = (await wireOf(["-"], { stdin: [stdout] })).filter(isEvent);
      expect(again.map(contentOf)).toEqual(events.map(contentOf));
    },
  );
});

function isEvent({ type }: Record<string, unknown>): boolean {
  return type === "event";
}

function contentOf({ event, data: own }: Record<string, unknown>): unknown {
  return [event, String(own).trim()];
}

async function wireOf(argv: readonly string[], options: RunOptions = {}): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(["-f", "wire", ...argv], options);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));
}
