// Reconnecting like EventSource, over simulated connections.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestChange } from "../../src/sources/requester.ts";
import { type Connection, cutAt, joinAll, reset } from "./support/connections.ts";

const stream = [
  "id: 1\ndata: one\n\n",
  "id: 2\nevent: named\ndata: two\ndata: lines\n\n",
  "retry: 20\nid: ß\ndata: three\n\n",
  "id: 4\ndata: [DONE]\n\n",
].join("");

/** A server that stores its events and sends those after the requested id. */
function send(whole: string | Buffer): (change: RequestChange) => Buffer {
  const all = Buffer.from(whole);
  return ({ headers }) => {
    const id = headers?.["last-event-id"];
    if (id === undefined) return all;
    const start = all.indexOf(Buffer.from(`id: ${id}`, "latin1"));
    if (start === -1) throw new Error(`no event has the id ${id}`);
    const text = all.toString("latin1", start);
    const [end] = /^(?:.(?!\r?\n\r?\n|\r\r))*.(?:\r?\n\r?\n|\r\r)/s.exec(text) ?? [""];
    return all.subarray(start + end.length);
  };
}

/** The connections of a server that sends each of these texts in order, and then HTTP 204. */
function connections(...texts: readonly string[]): Connection[] {
  return texts.map((text) => ({ chunks: [text] }));
}

/** Where the last event's data is whole: a stream that ends cleanly after this is complete. */
const endOfData = Buffer.byteLength(stream.trimEnd());

describe.each([
  ["ends cleanly", { cuts: endOfData }],
  ["is reset", { failure: reset, cuts: Buffer.byteLength(stream) }],
  ["is reset and sends byte by byte", { failure: reset, chunkBytes: 1, cuts: Buffer.byteLength(stream) }],
])("a stream whose connection %s", (_, { cuts, ...how }) => {
  test("equals the uncut stream, wherever it is cut", async () => {
    for (let cut = 0; cut < cuts; cut += 1) {
      const { text, error, breaks } = await joinAll(cutAt([cut], send(stream), how));
      expect({ cut, text, error, breaks: breaks.length }).toEqual({ cut, text: stream, error: null, breaks: 1 });
    }
  });

  test("equals the uncut stream after three cuts", async () => {
    const { text, breaks } = await joinAll(cutAt([5, 30, 40], send(stream), how));
    expect(text).toBe(stream);
    expect(breaks).toHaveLength(3);
  });
});

test("a stream equals the uncut one after any cuts, at any chunking", async () => {
  const lengths = fc.array(fc.nat({ max: 60 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 1, max: 9 }), async (cuts, chunkBytes) => {
      const { text } = await joinAll(cutAt(cuts, send(stream), { chunkBytes, failure: reset }));
      expect(text).toBe(stream);
    }),
  );
});

test.each([
  ["CRLF", "\r\n"],
  ["CR", "\r"],
])("a stream of %s lines is joined at the ends of its events", async (_, lineEnd) => {
  const whole = stream.replaceAll("\n", lineEnd);
  for (let cut = 0; cut < Buffer.byteLength(whole); cut += 1) {
    const { text } = await joinAll(cutAt([cut], send(whole), { chunkBytes: 3, failure: reset }));
    // After CR the event is whole, and its LF does not arrive.
    expect(text.replaceAll(/\r\n?/g, "\n"), `cut at ${cut}`).toBe(stream);
  }
});

test("a stream of CRLF lines that is not cut between CR and LF stays the same, byte for byte", async () => {
  const whole = stream.replaceAll("\n", "\r\n");
  const bytes = Buffer.from(whole);
  for (let cut = 0; cut < bytes.length; cut += 1) {
    if (bytes[cut - 1] === 0x0d && bytes[cut] === 0x0a) continue;
    const { text } = await joinAll(cutAt([cut], send(whole), { chunkBytes: 2, failure: reset }));
    expect(text, `cut at ${cut}`).toBe(whole);
  }
});

test("the byte order mark of a later connection is not part of the stream", async () => {
  const { text } = await joinAll(connections("\ufeffid: 1\ndata: a\n\nda", "\ufeffid: 2\ndata: b\n\n"));
  expect(text).toBe("\ufeffid: 1\ndata: a\n\nid: 2\ndata: b\n\n");
});

test("a break reports where, when and why the stream broke, the lost bytes and the id requested", async () => {
  const first = { chunks: ["id: 7\ndata: a\n\ndata: cut"], failure: reset };
  const { breaks, waits, changes } = await joinAll([first, ...connections("data: b\n\n"), { status: 204 }]);
  expect(breaks).toEqual([
    {
      atMs: 10,
      offset: 15,
      reason: "the connection was reset (host)",
      lastEventId: "7",
      startingAfter: null,
      lostBytes: 9,
      repeatedEvents: 0,
    },
  ]);
  expect(waits).toEqual([3000, 3000]);
  expect(changes.map(({ headers }) => headers)).toEqual([
    undefined,
    { "last-event-id": "7" },
    { "last-event-id": "7" },
  ]);
});

test("times continue across a break", async () => {
  const { times } = await joinAll(connections("id: 1\ndata: a\n\n", "id: 2\ndata: b\n\n"));
  expect(times).toEqual([10, 3020]);
});

test("an event is passed on when it is whole, with the time of its last byte", async () => {
  const { text, times } = await joinAll([{ chunks: ["data: a", "\n", "\n: comment\nda", "ta: b\n\n"] }]);
  expect(text).toBe("data: a\n\n: comment\ndata: b\n\n");
  expect(times).toEqual([30, 40]);
});

/** The id sent in the last request, after connections that send these texts and end. */
async function idOf(...texts: readonly string[]): Promise<string | undefined> {
  const { changes } = await joinAll(connections(...texts));
  return changes.at(-1)?.headers?.["last-event-id"];
}

describe("the id that is sent", () => {
  test("is that of the last whole event", async () => {
    expect(await idOf("id: 1\ndata: a\n\nid: 2\ndata: b\n")).toBe("1");
  });

  test("may be that of a block without data", async () => {
    expect(await idOf("id: 1\n\n")).toBe("1");
  });

  test("stays after a connection without ids", async () => {
    expect(await idOf("id: 1\ndata: a\n\n", "data: b\n\n", "data: c\n\n")).toBe("1");
  });

  test("is absent if the stream has none, or resets it", async () => {
    expect(await idOf("data: a\n\n")).toBeUndefined();
    expect(await idOf("id: 1\ndata: a\n\nid\ndata: b\n\n")).toBeUndefined();
  });

  test("is written in UTF-8", async () => {
    expect(await idOf("id: naïve ✓\ndata: a\n\n")).toBe(Buffer.from("naïve ✓").toString("latin1"));
  });

  test("safety 16: ids sent as Last-Event-ID contain no CR, LF or NUL", async () => {
    const pieces = fc.array(fc.constantFrom("a", "\0", "\r", "\n", "\r\n", "x-evil: 1", "id: ", ":", " ", "é"));
    await fc.assert(
      fc.asyncProperty(pieces, async (id) => {
        const sent = await idOf(`id: 1\ndata: a\n\nid: ${id.join("")}\ndata: b\n\n`);
        expect(sent ?? "").not.toMatch(/[\0\r\n]/);
      }),
    );
    expect(await idOf("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n")).toBe("1");
  });

  test("safety 16: an id with another control character is not sent, and the stream ends as it did", async () => {
    const { changes, messages, error, text } = await joinAll([
      { chunks: ["id: \u001b[2J\ndata: a\n\ndat"], failure: reset },
    ]);
    expect(changes).toHaveLength(1);
    expect(error).toBe(reset);
    expect(text).toBe("id: \u001b[2J\ndata: a\n\ndat");
    expect(messages).toEqual([
      "the connection was reset (host); cannot reconnect: the last event's id has a character that HTTP headers cannot contain",
    ]);
  });
});
