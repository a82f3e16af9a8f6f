// How reading a source ends, which times are known then, and which calls are made.
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createDecoding } from "../../src/decoding/decoding.ts";
import { LimitError, TransportError, UserError } from "../../src/errors.ts";
import type { Framer } from "../../src/framing/framing.ts";
import type { Chunk } from "../../src/model/chunk.ts";
import type { HttpHead } from "../../src/model/http-head.ts";
import { feed, type Tap } from "../../src/pipeline/feed.ts";
import { bareInput, type Input } from "../../src/sources/input.ts";
import type { Source } from "../../src/sources/source.ts";

const TOO_LARGE = new LimitError("too large", "raise it");
const BROKEN = new TransportError("ECONNRESET", "reset");

interface Fed {
  readonly chunks?: readonly (Chunk | Error)[];
  readonly input?: Partial<Input>;
  /** What the framer throws when that text is pushed. */
  readonly refused?: string;
  readonly framer?: Partial<Framer>;
  readonly tap?: Partial<Tap>;
  readonly interrupt?: AbortSignal;
  readonly source?: Source;
}

/** Feeds chunks, and records the calls to the framer. */
async function fed({ chunks = [], input = {}, refused, framer = {}, tap = {}, interrupt, source }: Fed) {
  const calls: string[] = [];
  const heads: (HttpHead | null)[] = [];
  async function* all(): AsyncGenerator<Chunk> {
    for (const chunk of chunks) {
      if (chunk instanceof Error) throw chunk;
      calls.push(`read ${Buffer.from(chunk.bytes).toString()}`);
      yield chunk;
    }
  }
  const feeding = await feed(
    source ?? { name: "test", open: async () => ({ ...bareInput(all()), ...input }) },
    createDecoding("-", 1000),
    (http) => {
      heads.push(http);
      return {
        push(bytes, atMs) {
          const text = Buffer.from(bytes).toString();
          if (text === refused) throw TOO_LARGE;
          calls.push(`push ${text} ${atMs}`);
        },
        end: () => void calls.push("end"),
        ...framer,
      };
    },
    { bytes: null, flush: async () => {}, ending: () => {}, ...tap },
    interrupt ?? new AbortController().signal,
  );
  return { ...feeding, calls, heads };
}

function chunk(text: string, atMs: number | null = null, isFollowed?: boolean): Chunk {
  return { bytes: Buffer.from(text), atMs, ...(isFollowed !== undefined && { isFollowed }) };
}

function throwing(error: Error): never {
  throw error;
}

async function failWith(error: Error): Promise<never> {
  throw error;
}

describe("Reading stops", () => {
  test("at an event that is too large: nothing is read after it, and the framer is not ended.", async () => {
    const { stop, calls } = await fed({ chunks: [chunk("a"), chunk("b"), chunk("c")], refused: "b" });
    expect(stop).toBe(TOO_LARGE);
    expect(calls).toEqual(["read a", "push a null", "read b"]);
  });

  test("at input that is too large, but listeners for bytes get all of it.", async () => {
    const copied: string[] = [];
    const { stop, calls } = await fed({
      chunks: [chunk("a"), chunk("b"), chunk("c")],
      refused: "a",
      tap: { bytes: (bytes) => copied.push(Buffer.from(bytes).toString()) },
    });
    expect(stop).toBe(TOO_LARGE);
    expect(calls).toEqual(["read a", "read b", "read c"]);
    expect(copied).toEqual(["a", "b", "c"]);
  });

  test("if the network fails: the framer is ended, and nothing is loaded for it.", async () => {
    const { stop, calls } = await fed({ chunks: [chunk("a"), BROKEN], framer: { load: () => failWith(TOO_LARGE) } });
    expect(stop).toBe(BROKEN);
    expect(calls).toEqual(["read a", "push a null", "end"]);
  });

  test("at the end, if only the end shows that the input is too large.", async () => {
    const end = () => throwing(TOO_LARGE);
    expect((await fed({ chunks: [chunk("a")], framer: { end } })).stop).toBe(TOO_LARGE);
    expect((await fed({ chunks: [chunk("a"), BROKEN], framer: { end } })).stop).toBe(TOO_LARGE);
  });

  test("by throwing errors that are not the source's.", async () => {
    await expect(fed({ chunks: [chunk("a"), new UserError("unreadable")] })).rejects.toThrow("unreadable");
    const framer = { end: () => throwing(new UserError("no such document")) };
    await expect(fed({ chunks: [chunk("a")], framer })).rejects.toThrow("no such document");
  });
});

describe("A source that cannot be opened", () => {
  test("because the network failed has an end, and nothing else is known.", async () => {
    const source: Source = {
      name: "test",
      async open() {
        throw BROKEN;
      },
    };
    expect(await fed({ source })).toMatchObject({
      stop: BROKEN,
      arrival: null,
      compression: null,
      breaks: [],
      calls: ["end"],
      heads: [null],
    });
  });

  test.each([
    ["before", AbortSignal.abort()],
    ["while it is opened", null],
  ])("because of an interrupt %s is not waited for.", async (_, given) => {
    const controller = new AbortController();
    const interrupt = given ?? controller.signal;
    const source: Source = { name: "test", open: () => new Promise(() => {}) };
    const feeding = fed({ source, interrupt });
    controller.abort();
    expect(await feeding).toMatchObject({ stop: "interrupted", arrival: null, calls: ["end"] });
  });

  test("leaves no listener on the interrupt, whether it can be opened or not.", async () => {
    const { signal } = new AbortController();
    await fed({ chunks: [chunk("a")], interrupt: signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

test("The framer gets the response headers.", async () => {
  const exchange = {
    request: { method: "GET", url: "https://h/", headers: {} },
    response: { status: 201, statusText: "Created", headers: { "content-type": "text/x" } },
  };
  expect((await fed({ input: { exchange } })).heads).toMatchObject([{ status: 201, contentType: "text/x" }]);
});

describe("The times of a source", () => {
  const opening = { connectMs: 1, tlsMs: 2, headMs: 3 };

  test.each<[string, Fed, unknown]>([
    ["are not known where its chunks have none", { chunks: [chunk("a"), chunk("b")] }, null],
    ["are not known of one without chunks", {}, null],
    [
      "are those of its first and last chunk",
      { chunks: [chunk("a", 5), chunk("b", 7), chunk("c", 9)] },
      { opening: null, firstByteMs: 5, endMs: 9, heldBackMs: 0 },
    ],
    [
      "end when it says so",
      { chunks: [chunk("a", 5)], input: { closing: () => ({ endMs: 30, heldBackMs: 4 }) } },
      { opening: null, firstByteMs: 5, endMs: 30, heldBackMs: 4 },
    ],
    [
      "end with the last chunk where it does not know",
      { chunks: [chunk("a", 5)], input: { closing: () => ({ endMs: null, heldBackMs: 4 }) } },
      { opening: null, firstByteMs: 5, endMs: 5, heldBackMs: 4 },
    ],
    [
      "are those of its opening where nothing came",
      { input: { opening } },
      { opening, firstByteMs: null, endMs: null, heldBackMs: 0 },
    ],
    [
      "are those of its opening and its chunks",
      { chunks: [chunk("a", 5)], input: { opening } },
      { opening, firstByteMs: 5, endMs: 5, heldBackMs: 0 },
    ],
  ])("%s.", async (_, given, arrival) => {
    expect((await fed(given)).arrival).toEqual(arrival);
  });

  test("are passed to the framer with the bytes.", async () => {
    const { calls } = await fed({ chunks: [chunk("a", 5), chunk("b", 7)] });
    expect(calls.filter((call) => call.startsWith("push"))).toEqual(["push a 5", "push b 7"]);
  });
});

test("A source's own compression fault takes precedence over that of its bytes, and its breaks are passed on.", async () => {
  const fault = { coding: "gzip", type: "cut", reason: "cut", decodedBytes: 3 } as const;
  const breaks = [
    {
      atMs: 1,
      offset: 2,
      reason: "reset",
      lastEventId: null,
      startingAfter: null,
      lostBytes: 0,
      repeatedEvents: 0,
    },
  ];
  expect(await fed({ input: { compression: () => fault, breaks } })).toMatchObject({ compression: fault, breaks });
  expect((await fed({ input: { compression: () => null } })).compression).toBeNull();
});

test("Output may wait for the next chunk only if that is available.", async () => {
  const flushes: boolean[] = [];
  const flush = async (isFollowed: boolean) => void flushes.push(isFollowed);
  await fed({ chunks: [chunk("a"), chunk("b", null, true), chunk("c", null, false)], tap: { flush } });
  expect(flushes).toEqual([false, true, false]);
});
