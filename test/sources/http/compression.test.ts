// safety 12: decompressed data is limited, and missing data is reported.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tried } from "../../support/exhaustive.ts";
import { run } from "../../support/io.ts";
import { parseReport } from "../../support/read-report.ts";
import { serve } from "../../support/server.ts";

const MEBIBYTE = 1024 ** 2;

/** This many mebibytes of comments, compressed a thousandfold. */
function bomb(mebibytes: number): Buffer {
  const member = gzipSync(`:${"x".repeat(1022)}\n`.repeat(1024));
  return Buffer.concat(Array.from({ length: mebibytes }, () => member));
}

describe("A gzip bomb", () => {
  const headers = { "content-type": "text/event-stream", "content-encoding": "gzip" };

  test("ends at --max-decoded-size: safety 12.", async () => {
    const { origin } = await serve({ headers, body: bomb(64) });
    const { exitCode, stdout } = await run([origin, "--json", "--max-decoded-size", "8m"]);
    expect(exitCode).toBe(2);
    const { error, bytes } = parseReport(stdout);
    expect(error?.message).toContain("larger than 8 MiB after decompression");
    expect(bytes).toBe(8 * MEBIBYTE);
  });

  test("below the limit is read in pieces, and not held in memory.", async () => {
    const sizeMebibytes = tried(128, 256);
    const { origin } = await serve({ headers, body: bomb(sizeMebibytes) });
    const before = process.memoryUsage().arrayBuffers;
    const { stdout } = await run([origin, "--json"]);
    expect(parseReport(stdout).bytes).toBe(sizeMebibytes * MEBIBYTE);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MEBIBYTE);
  });
});

test("Several codings are refused: safety 12.", async () => {
  const headers = { "content-type": "text/event-stream", "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip" };
  const { origin } = await serve({ headers, body: "" });
  const { exitCode, stderr } = await run([origin]);
  expect(exitCode).toBe(6);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain("is not supported");
});
