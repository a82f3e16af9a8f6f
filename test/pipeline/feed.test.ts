// What drives a framing, with a source, a decoding and a framer made for the test.
import { expect, test } from "vitest";
import type { Chunk } from "../../src/model/chunk.ts";
import { createDecoding, type Decoding } from "../../src/decoding/decoding.ts";
import { feed } from "../../src/pipeline/feed.ts";
import type { Framer } from "../../src/framing/framing.ts";
import type { Source } from "../../src/sources/source.ts";
import { bareInput } from "../../src/sources/input.ts";

const untapped = { bytes: null, flush: async () => {}, ending: () => {} };

function sourceOf(...texts: readonly string[]): Source {
  async function* chunks(): AsyncGenerator<Chunk> {
    for (const text of texts) yield { bytes: Buffer.from(text), atMs: null };
  }
  return { name: "test", open: async () => bareInput(chunks()) };
}

/** A framer that records its calls. */
function recorder(): { readonly calls: string[]; readonly framer: Framer } {
  const calls: string[] = [];
  return {
    calls,
    framer: {
      push: (bytes) => calls.push(Buffer.from(bytes).toString()),
      load: async () => {
        calls.push("load");
      },
      end: () => calls.push("end"),
    },
  };
}

/** Decodes each chunk to endless pieces. */
function endless(onPiece: (count: number) => void): Decoding {
  let count = 0;
  return {
    async *push() {
      for (;;) {
        onPiece(++count);
        yield Buffer.from("x");
      }
    },
    async *end() {},
    fault: null,
  };
}

test("a framer's load is awaited between the last bytes and the end", async () => {
  const { calls, framer } = recorder();
  const decoding = createDecoding("-", 100);
  const { stop } = await feed(sourceOf("a", "b"), decoding, () => framer, untapped, new AbortController().signal);
  expect(calls).toEqual(["a", "b", "load", "end"]);
  expect(stop).toBeNull();
});

test("bytes held back to detect compression arrive before the end", async () => {
  const { calls, framer } = recorder();
  await feed(sourceOf("("), createDecoding("-", 100), () => framer, untapped, new AbortController().signal);
  expect(calls).toEqual(["(", "load", "end"]);
});

test("an interrupt ends the reading of a chunk that decodes without end, and nothing is loaded", async () => {
  const { calls, framer } = recorder();
  const interrupt = new AbortController();
  const decoding = endless((count) => {
    if (count === 4) interrupt.abort();
  });
  const { stop } = await feed(sourceOf("bomb"), decoding, () => framer, untapped, interrupt.signal);
  expect(calls).toEqual(["x", "x", "x", "end"]);
  expect(stop).toBe("interrupted");
});

test("the tap is flushed between the pieces of a chunk, and gets the chunk as it arrived", async () => {
  const { calls, framer } = recorder();
  const interrupt = new AbortController();
  const decoding = endless((count) => {
    if (count === 3) interrupt.abort();
  });
  const tap = {
    bytes: (bytes: Uint8Array) => calls.push(`tap ${Buffer.from(bytes).toString()}`),
    flush: async (isFollowed: boolean) => {
      calls.push(isFollowed ? "flush, more comes" : "flush");
    },
    ending: ({ endedBy }: { endedBy: string | null }) => calls.push(`ending by ${endedBy}`),
  };
  await feed(sourceOf("bomb"), decoding, () => framer, tap, interrupt.signal);
  expect(calls).toEqual([
    "tap bomb",
    "x",
    "flush, more comes",
    "x",
    "flush, more comes",
    "flush",
    "ending by signal",
    "end",
  ]);
});
