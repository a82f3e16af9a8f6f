import { describe, expect, test } from "vitest";
import { main } from "../../src/cli.ts";
import { Readable, Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { chunkings } from "../support/chunkings.ts";
import { run, place } from "../support/io.ts";
import { answer } from "../support/stream.ts";
import { runProgram } from "../support/run-program.ts";

/** All byte values, including invalid UTF-8; a byte order mark, each line end, no line end at the end. */
const bytes = Buffer.concat([
  Buffer.from("\ufeffdata: x\r\n\rdata: y\n"),
  Buffer.from(Array.from({ length: 256 }, (_, value) => value)),
  Buffer.from([0xc3, 0x28, 0xf0, 0x9f, 0x91]),
]);

/** The bytes on stdout. */
async function passThrough(chunks: readonly Uint8Array[]): Promise<Buffer> {
  const written: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(Buffer.from(chunk));
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const interrupt = new AbortController().signal;
  await main(["--format", "raw"], {
    stdin: Readable.from(chunks),
    stdout,
    stderr,
    env: {},
    ...place,
    runProgram,
    interrupt,
  });
  return Buffer.concat(written);
}

describe("the raw format", () => {
  test.each(chunkings)("passes the bytes on unchanged, $name", async (chunking) => {
    const passed = await passThrough(chunking.cut(bytes));
    expect(passed.equals(bytes)).toBe(true);
  });

  test("also passes on an input that is not a stream", async () => {
    const { exitCode, stdout } = await run(["--format", "raw"], { stdin: ["<html>"] });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "<html>" });
  });

  test("continues after an oversized event: a pipe gets all bytes, and exit code 2 reports the incomplete check", async () => {
    const chunks = ["data: before\n\n", `data: ${"x".repeat(2000)}\n\n`, "data: after\n\n", ": the end"];
    const { exitCode, stdout, stderr } = await run(["--format", "raw", "-q", "--max-event-size", "1K"], {
      stdin: chunks,
    });
    expect(stdout).toBe(chunks.join(""));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the event at line 3, byte 14 is larger than 1024 bytes");
  });

  test("continues after compressed data that is too large, and after data that does not decompress", async () => {
    const large = gzipSync(Buffer.alloc(4000));
    const after = Buffer.from("not compressed");
    for (const [argv, damaged] of [
      [["--max-decoded-size", "1K"], large],
      [[], Buffer.concat([large.subarray(0, 10), Buffer.alloc(200, 0xff)])],
    ] as const) {
      const { stdout } = await run(["--format", "raw", "-q", ...argv], { stdin: [damaged, after] });
      expect(stdout).toBe(Buffer.concat([damaged, after]).toString("utf8"));
    }
  });

  test("has its summary on stderr, which --quiet omits", async () => {
    const { stderr } = await run(["--format", "raw"], { stdin: [answer("hey")] });
    expect(stderr).toContain("completed");
    expect(stderr).toContain("model-1");
    expect((await run(["--format", "raw", "-q"], { stdin: [answer("hey")] })).stderr).toBe("");
  });

  test("ends its line on a terminal only", async () => {
    expect((await run(["--format", "raw"], { stdin: ["data: x"], terminalColumns: 80 })).stdout).toBe("data: x\n");
    expect((await run(["--format", "raw"], { stdin: ["data: x"] })).stdout).toBe("data: x");
  });
});
