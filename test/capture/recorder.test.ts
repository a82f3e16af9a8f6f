// How a recording is written, and how failures are handled.
import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openRecorder } from "../../src/capture/recorder.ts";
import { recordingSource } from "../../src/capture/recording-source.ts";
import { OutputError, TransportError, UserError } from "../../src/errors.ts";
import type { Chunk } from "../../src/model/chunk.ts";
import type { HttpHead } from "../../src/model/http-head.ts";
import { bareInput, type Input } from "../../src/sources/input.ts";
import type { Source } from "../../src/sources/source.ts";
import { timingPathOf, TIMING_SCHEMA, type TimingHeader } from "../../src/sources/timed/timing-file.ts";
import { newCapture, timingOf } from "./support/timed-capture.ts";

const FULL_DEVICE = "/dev/full";

const header: TimingHeader = { schema: TIMING_SCHEMA, source: "-", startedAt: null, exchange: null, opening: null };
/** A source with times, except of its end. */
const NOT_MEASURED: Partial<Input> = { closing: () => ({ endMs: null, heldBackMs: 0 }) };
const notInterrupted = new AbortController().signal;

function chunk(text: string, atMs: number | null): Chunk {
  return { bytes: Buffer.from(text), atMs };
}

async function* chunksOf(chunks: readonly Chunk[], error: Error | null = null): AsyncGenerator<Chunk> {
  yield* chunks;
  if (error !== null) throw error;
}

function sourceOf(chunks: AsyncIterable<Chunk>, input: Partial<Input> = {}): Source {
  return { name: "test", open: async () => ({ ...bareInput(chunks), ...input }) };
}

/** Reads a recorded source to its end; returns the error that it throws. */
async function readAll(source: Source): Promise<unknown> {
  try {
    const { chunks } = await source.open(notInterrupted);
    for await (const _ of chunks);
    return null;
  } catch (error) {
    return error;
  }
}

describe("A recorder", () => {
  test("has written all chunks when it is flushed.", async () => {
    const path = newCapture();
    const recorder = await openRecorder(path, header, null);
    let written = "";
    for (const text of ["first", "", "second"]) {
      recorder.chunk(chunk(text, written.length));
      written += text;
      await recorder.flush();
      expect(readFileSync(path, "utf8")).toBe(written);
    }
    expect(timingOf(path)).toEqual([
      header,
      { offset: 0, length: 5, ms: 0 },
      { offset: 5, length: 0, ms: 5 },
      { offset: 5, length: 6, ms: 5 },
    ]);
    await recorder.end({ end: "complete", ms: 8.00049, heldBackMs: 1.0004, error: null });
    expect(timingOf(path).at(-1)).toEqual({ end: "complete", ms: 8, heldBackMs: 1, error: null });
  });

  test.skipIf(!existsSync(FULL_DEVICE))(
    "reports at the next flush, and at the end, that it could not write.",
    async () => {
      const recorder = await openRecorder(FULL_DEVICE, header, null);
      recorder.chunk(chunk("first", null));
      await expect(recorder.flush()).rejects.toThrow(OutputError);
      await expect(recorder.end(null)).rejects.toThrow(`cannot write ${FULL_DEVICE}`);
    },
  );
});

describe("A source that is recorded", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("and does not measure its end has no timing file.", async () => {
    const path = newCapture();
    await readAll(recordingSource(sourceOf(chunksOf([chunk("a", null), chunk("b", null)])), () => path, null));
    expect(readFileSync(path, "utf8")).toBe("ab");
    expect(existsSync(timingPathOf(path))).toBe(false);
  });

  test("and has no end time ends with its last chunk.", async () => {
    const path = newCapture();
    const source = sourceOf(chunksOf([chunk("a", 3), chunk("b", 8)]), NOT_MEASURED);
    await readAll(recordingSource(source, () => path, null));
    expect(timingOf(path).at(-1)).toEqual({ end: "complete", ms: 8, heldBackMs: 0, error: null });
  });

  test("keeps the network failure and its time, also if nothing arrived.", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.advanceTimersByTime(1000);
    const failure = new TransportError("ECONNREFUSED", "the connection was refused (h:1)");
    for (const [redactor, message] of [
      [null, "the connection was refused (h:1)"],
      [() => ({ push: (bytes: Uint8Array) => bytes, end: () => new Uint8Array() }), "the connection was refused"],
    ] as const) {
      const path = newCapture();
      const failing: Source = {
        name: "test",
        async open() {
          vi.advanceTimersByTime(25);
          throw failure;
        },
      };
      expect(await readAll(recordingSource(failing, () => path, redactor))).toBe(failure);
      expect(timingOf(path).at(-1)).toEqual({
        end: "failed",
        ms: 25,
        heldBackMs: 0,
        error: { code: "ECONNREFUSED", message },
      });
    }
  });

  test("that cannot be opened for another reason is not recorded.", async () => {
    const path = newCapture();
    const unreadable: Source = {
      name: "test",
      async open() {
        throw new UserError("no such file");
      },
    };
    await expect(recordingSource(unreadable, () => path, null).open(notInterrupted)).rejects.toThrow("no such file");
    expect(existsSync(path)).toBe(false);
  });

  test("that ends with another error is not recorded as a network failure.", async () => {
    const path = newCapture();
    const bug = new Error("a bug");
    expect(
      await readAll(recordingSource(sourceOf(chunksOf([chunk("a", 3)], bug), NOT_MEASURED), () => path, null)),
    ).toBe(bug);
    expect(timingOf(path).at(-1)).toEqual({ end: "interrupted", ms: 3, heldBackMs: 0, error: null });
  });

  test("is redacted according to its headers.", async () => {
    const heads: (HttpHead | null)[] = [];
    const redactor = (http: HttpHead | null) => {
      heads.push(http);
      return { push: () => Buffer.from("xx"), end: () => Buffer.from("!") };
    };
    const exchange = {
      request: { method: "GET", url: "https://h/", headers: {} },
      response: { status: 200, statusText: "OK", headers: { "content-type": "application/x-ndjson" } },
    };
    for (const given of [exchange, null]) {
      const path = newCapture();
      await readAll(recordingSource(sourceOf(chunksOf([chunk("ab", 1)]), { exchange: given }), () => path, redactor));
      expect(readFileSync(path, "utf8")).toBe("xx!");
    }
    expect(heads).toMatchObject([{ status: 200, contentType: "application/x-ndjson" }, null]);
  });
});
