// Compressed input through the whole command. test/fixtures.test.ts checks that every fixture gives the same result
// compressed.
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hey } from "../support/captured.ts";
import { chunkings } from "../support/chunkings.ts";
import { captureFiles } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { parseReport, reportOf } from "../support/read-report.ts";

const gz = gzipSync(hey);

test("A file whose name ends in .br is brotli; gzip is detected under any name", async () => {
  const paths = captureFiles({ "a.sse.br": brotliCompressSync(hey), "b.sse": gz, "c.BR": brotliCompressSync(hey) });
  for (const path of paths) {
    const { exitCode, stdout } = await run([path]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "hey" });
  }
});

test("A file named .br that is not brotli is reported as damaged", async () => {
  const [path = ""] = captureFiles({ "a.br": hey });
  const { exitCode, stdout } = await run(["--json", path]);
  const report = parseReport(stdout);
  expect(report).toMatchObject({ verdict: "not-a-stream", bytes: 0, framing: null, findings: [] });
  expect(report.error?.message).toMatch(/^the brotli data is damaged \(.+\): nothing could be decompressed$/);
  expect(exitCode).toBe(7);
});

test("gzip that decodes to nothing is not a stream", async () => {
  expect(await reportOf([gz.subarray(0, 10)])).toMatchObject({
    verdict: "not-a-stream",
    error: { message: "the gzip data is cut: nothing could be decompressed" },
  });
});

test("gzip of nothing is empty", async () => {
  expect((await reportOf([gzipSync("")])).error?.message).toBe("the input is empty");
});

describe("gzip that is cut", () => {
  test("fails a check even if the stream is whole, and does not change the verdict", async () => {
    const { exitCode, stdout } = await run(["check", "--no-config", "-"], { stdin: [gz.subarray(0, -1)] });
    expect(stdout).toContain("truncated-compression");
    expect(exitCode).toBe(1);
    expect(await reportOf([gz.subarray(0, -1)])).toMatchObject({
      verdict: "completed",
      exitCode: 0,
      findings: [{ rule: "truncated-compression", event: 8, seen: "unexpected end of file" }],
    });
  });

  test("is not a finding if reading stops before its end", async () => {
    const { exitCode, stdout } = await run(["--json", "--max-event-size", "100", "-"], { stdin: [gz.subarray(0, -1)] });
    expect(parseReport(stdout).findingCounts).toEqual({});
    expect(exitCode).toBe(2);
  });

  test("is found in each stream that it cuts", async () => {
    const log = gzipSync(fixtureNamed("log/github-actions.log").bytes);
    expect((await reportOf([log.subarray(0, -3)])).findingCounts).toMatchObject({ "truncated-compression": 1 });
  });
});

test.each(chunkings)("--format raw passes compressed bytes on unchanged $name", async ({ cut }) => {
  const [path = ""] = captureFiles({ "out.gz": gz });
  const { stdout, stderr } = await run(["--format", "raw", "-"], { stdin: cut(gz) });
  // The sink decodes the output as UTF-8, so the expected bytes are decoded too.
  expect(stdout).toBe(gz.toString("utf8"));
  expect(stderr).toContain("completed");
  expect((await run([path])).stdout).toBe("hey");
});

describe("--max-decoded-size", () => {
  test.each(chunkings)("stops at the same byte $name, with exit code 2", async ({ cut }) => {
    const { exitCode, stdout } = await run(["--json", "--max-decoded-size", "3K", "-"], { stdin: cut(gz) });
    const report = parseReport(stdout);
    expect(report).toMatchObject({ verdict: "truncated", exitCode: 2, bytes: 3072, responses: [{ text: "hey" }] });
    expect(report.error?.message).toBe(
      "the input is larger than 3072 bytes after decompression; reading stopped there; if this size is expected, raise --max-decoded-size",
    );
    expect(exitCode).toBe(2);
  });

  test("is a finding of a check", async () => {
    const { stdout } = await run(["check", "--no-config", "--max-decoded-size", "3K", "-"], { stdin: [gz] });
    expect(stdout).toContain("raise --max-decoded-size");
  });

  test("does not limit input that is not compressed", async () => {
    expect(await reportOf([hey], "--max-decoded-size", "1")).toMatchObject({ verdict: "completed" });
  });

  test.each(["0", "much", "-1"])("rejects %s", async (size) => {
    const { exitCode, stderr } = await run([`--max-decoded-size=${size}`, "-"]);
    expect(stderr).toContain("Expected a size such as");
    expect(exitCode).toBe(2);
  });

  test("may be larger than any text", async () => {
    expect(await reportOf([gz], "--max-decoded-size", "900G")).toMatchObject({ verdict: "completed" });
  });
});

test("The output of curl -i with a compressed body gets advice on decompressing it", async () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: gzip\r\n\r\n";
  const report = await reportOf([Buffer.concat([Buffer.from(head), gz])]);
  expect(report).toMatchObject({ verdict: "not-a-stream", http: { status: 200 } });
  expect(report.error?.message).toContain("for example with curl --compressed");
});
