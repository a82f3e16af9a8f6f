// Reading a capture with its timing file.
import { readFileSync, truncateSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hey, heyUntilDelta } from "../support/captured.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import {
  complete,
  half,
  header,
  isTimingLine,
  newCapture,
  rest,
  timedCapture,
  timingOf,
  twoChunks,
} from "./support/timed-capture.ts";

describe("A capture with times", () => {
  test("has the timing that follows from them.", async () => {
    const path = timedCapture(hey, header, ...twoChunks, complete);
    const { timing, responses } = parseReport((await run([path, "--json"])).stdout);
    expect(timing).toMatchObject({ ttfbMs: 100, firstEventMs: 100, totalMs: 500, gapMs: { max: 300 } });
    expect(responses[0]?.timing).toMatchObject({ ttftMs: 100, totalMs: 400 });
  });

  test("can be recorded again unchanged.", async () => {
    const path = timedCapture(hey, header, ...twoChunks, complete);
    const copy = newCapture();
    expect((await run([path, "--record", copy])).exitCode).toBe(0);
    expect(readFileSync(copy).equals(hey)).toBe(true);
    expect(timingOf(copy).slice(1)).toEqual([...twoChunks, complete]);
    expect(timingOf(copy).filter((line) => !isTimingLine(line))).toEqual([]);
  });

  test("whose recording was killed within a line is read to the end; the rest has the last time.", async () => {
    const path = timedCapture(hey, header, twoChunks[0], '{"offset":');
    const report = parseReport((await run([path, "--json"])).stdout);
    expect(report).toMatchObject({ verdict: "completed", bytes: hey.length, timing: { totalMs: 100 } });
  });

  test.each([
    ["is empty", ""],
    ["is cut within its header", JSON.stringify(header).slice(0, 40)],
  ])("whose timing file %s, after a kill, is read without times and with a warning.", async (_, timing) => {
    const path = timedCapture(hey, timing);
    const { exitCode, stdout, stderr } = await run([path, "--json"]);
    expect(exitCode).toBe(0);
    expect(parseReport(stdout)).toMatchObject({ verdict: "completed", bytes: hey.length, timing: null });
    expect(stderr).toContain(`${path}.timing is empty or cut: the recording was killed; ${path} is read without times`);
  });

  test("whose recording was killed before the first time was written has none.", async () => {
    const path = timedCapture(hey, header);
    const { exitCode, stdout } = await run([path, "--json"]);
    expect(exitCode).toBe(0);
    expect(parseReport(stdout)).toMatchObject({ verdict: "completed", bytes: hey.length, timing: null });
  });

  test("whose recording was killed gets a warning: the stream may have continued.", async () => {
    const path = timedCapture(heyUntilDelta, header, twoChunks[0]);
    const { exitCode, stderr } = await run([path, "--json"]);
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`${path}.timing has no end: the recording was killed, and the stream may have continued`);
  });

  test("that lost its end in a power failure is read as far as possible.", async () => {
    const path = timedCapture(hey, header, ...twoChunks);
    truncateSync(path, half + 5);
    const { timing, bytes } = parseReport((await run([path, "--json"])).stdout);
    expect(bytes).toBe(half + 5);
    expect(timing?.totalMs).toBe(400);
  });

  test.each<[string, Uint8Array, readonly unknown[], string]>([
    ["more bytes", Buffer.concat([hey, hey]), [header, ...twoChunks, complete], "has more bytes than it covers"],
    ["fewer bytes", heyUntilDelta, [header, ...twoChunks, complete], `it covers ${rest} more bytes than`],
    ["a gap in the times", hey, [header, twoChunks[1]], "its chunks have a gap or an overlap at byte 0"],
    ["times after the end", hey, [header, complete, ...twoChunks], "its chunks have a gap or an overlap at byte 0"],
    ["no header", hey, twoChunks, "it does not start with a header"],
    ["a header of another version", hey, [{ ...header, schema: "ssescope/timing@9" }], "does not start with a header"],
    ["a line that is not JSON", hey, [header, "nonsense\n", ...twoChunks], "one of its lines is not a JSON object"],
    ["a line without an end", hey, [header, "\0".repeat(5_000_000)], "one of its lines is too long"],
    ["a line of something else", hey, [header, { hey: 1 }], "one of its lines has no times"],
    ["a time before the start", hey, [header, { ...twoChunks[0], ms: -1 }], "one of its lines has no times"],
    ["an endless time", hey, [header, '{"offset":0,"length":1,"ms":1e400}\n'], "one of its lines has no times"],
    ["a time that is too large", hey, [header, { ...twoChunks[0], ms: 1e300 }], "one of its lines has no times"],
  ])("and with %s is refused, because they do not belong to one recording.", async (_, bytes, lines, reason) => {
    const path = timedCapture(bytes, ...lines);
    const { exitCode, stderr } = await run([path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain("move it away to read the capture without times");
  });

  const request = { method: "POST", url: "https://api.example/v1/responses", headers: {} };
  const response = { status: 200, statusText: "OK", headers: {} };

  test.each([
    ["an address that is not one", { request: { ...request, url: "" }, response }],
    ["a status that is not one", { request, response: { ...response, status: 0 } }],
    ["a status of five digits", { request, response: { ...response, status: 20_000 } }],
    ["no request", { response }],
  ])("and with %s in its header is read without the exchange.", async (_, exchange) => {
    const path = timedCapture(hey, { ...header, exchange }, ...twoChunks, complete);
    const { exitCode, stdout } = await run([path, "--json"]);
    expect(exitCode).toBe(0);
    expect(parseReport(stdout)).toMatchObject({ verdict: "completed", http: null, request: null });
  });

  test("leaves out what is wrong with the course of its request.", async () => {
    const wrong = { redirects: [], attempts: 1.5, request: { ...request, exchange: -1 }, response };
    const path = timedCapture(hey, { ...header, exchange: wrong }, ...twoChunks, complete);
    const { http, request: asked } = parseReport((await run([path, "--json"])).stdout);
    expect(http).toEqual({ status: 200, statusText: "OK", contentType: null, location: null });
    expect(asked).not.toHaveProperty("exchange");
  });

  test("that was killed is one in its copy, too.", async () => {
    const path = timedCapture(hey, header, ...twoChunks);
    const copy = newCapture();
    await run([path, "--record", copy]);
    const [first, second] = await Promise.all([path, copy].map(async (name) => run([name, "--json"])));
    expect(parseReport(first?.stdout ?? "").endedBy).toBe("signal");
    expect(parseReport(second?.stdout ?? "").endedBy).toBe("signal");
  });

  test("keeps its times even if a chunk is larger than a read.", async () => {
    const comment = Buffer.from(`: ${"x".repeat(600_000)}\n\n`);
    const bytes = Buffer.concat([comment, hey]);
    const path = timedCapture(
      bytes,
      header,
      { offset: 0, length: comment.length + 10, ms: 7 },
      { offset: comment.length + 10, length: hey.length - 10, ms: 9 },
    );
    expect(parseReport((await run([path, "--json"])).stdout)).toMatchObject({
      verdict: "completed",
      bytes: bytes.length,
      timing: { ttfbMs: 7, firstEventMs: 9, reads: { count: 1 } },
    });
  });
});
