// Resuming an OpenAI background response, over simulated connections.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TransportError } from "../../src/errors.ts";
import { bySequenceNumber } from "../../src/joining/by-sequence-number.ts";
import type { RequestChange } from "../../src/sources/requester.ts";
import { answer, completed, created, event, stream, streamFrom, textDelta } from "../support/stream.ts";
import { cutAt, joinAll, reset } from "./support/connections.ts";
import { tried } from "../support/exhaustive.ts";

const policy = { policy: bySequenceNumber };
const whole = answer("one", " two", " três");
const bytes = Buffer.from(whole);
/** Before this offset, no event has the response's id. */
const named = whole.indexOf("\n\n") + 2;

const asked = new URL("https://user:secret@api.example/v1/responses?api-version=preview&key=k");

/** The URL that a change makes from the requested one. */
function addressOf({ url }: RequestChange): string | undefined {
  return url?.(asked).href;
}

/** A server that stores the events of its response and continues after the requested number. */
function send(change: RequestChange): Buffer {
  const number = change.url?.(asked).searchParams.get("starting_after") ?? null;
  if (number === null) return bytes;
  const events = whole.split(/(?<=\n\n)/);
  return Buffer.from(events.slice(Number(number) + 1).join(""));
}

describe("a response whose connection breaks", () => {
  test("equals the uncut one, wherever it is cut after its first event", async () => {
    for (let cut = named; cut < bytes.length; cut += 1) {
      const { bytes: joined, breaks, error } = await joinAll(cutAt([cut], send, { failure: reset }), policy);
      expect({ cut, isEqual: joined.equals(bytes), breaks: breaks.length, error }).toEqual({
        cut,
        isEqual: true,
        breaks: 1,
        error: null,
      });
    }
  });

  test("equals the uncut one after three cuts", async () => {
    const { text, breaks } = await joinAll(cutAt([named + 9, 500, 30], send, { failure: reset }), policy);
    expect(text).toBe(whole);
    expect(breaks.map(({ startingAfter }) => startingAfter)).toEqual([0, 2, 2]);
  });

  test("equals the uncut one after any cuts, whether servers continue or start again", async () => {
    const places = fc.array(fc.nat({ max: 900 }), { maxLength: 3 });
    const chunkBytes = fc.integer({ min: 1, max: 99 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: named, max: 900 }),
        places,
        chunkBytes,
        fc.boolean(),
        async (cut, more, size, isAnew) => {
          const server = cutAt([cut, ...more], isAnew ? () => bytes : send, { failure: reset, chunkBytes: size });
          const { text } = await joinAll(server, { ...policy, mostTries: 9 });
          expect(text).toBe(whole);
        },
      ),
      { numRuns: tried(25, 100) },
    );
  });
});

test("the request is for the response's id, after the last number, without a body", async () => {
  const { changes, breaks, messages } = await joinAll(cutAt([named], send, { failure: reset }), policy);
  expect(changes[0]).toEqual({});
  expect(changes[1]).toMatchObject({ method: "GET", withoutBody: true });
  expect(addressOf(changes[1] ?? {})).toBe(
    "https://user:secret@api.example/v1/responses/resp_1?api-version=preview&key=k&stream=true&starting_after=0",
  );
  expect(breaks).toMatchObject([{ startingAfter: 0, lastEventId: null, lostBytes: 0, repeatedEvents: 0 }]);
  expect(messages).toEqual(["the connection was reset (host); reconnecting in 1.0 s after number 0 (attempt 1 of 5)"]);
});

test("a response that was requested by its id is requested at the same URL", async () => {
  const { changes } = await joinAll(cutAt([named], send, { failure: reset }), policy);
  const url = changes[1]?.url?.(new URL("http://host/v1/responses/resp_1?stream=true&starting_after=7"));
  expect(url?.href).toBe("http://host/v1/responses/resp_1?stream=true&starting_after=0");
});

describe("after a break", () => {
  test("repeated events are left out and counted", async () => {
    const first = stream(created(), textDelta("a"), textDelta("b"));
    const { text, breaks } = await joinAll(
      [
        { chunks: [first], failure: reset },
        { chunks: [streamFrom(1, textDelta("a"), textDelta("b"), textDelta("c"))] },
      ],
      policy,
    );
    expect(text).toBe(first + streamFrom(3, textDelta("c")));
    expect(breaks).toMatchObject([{ startingAfter: 2, repeatedEvents: 2 }]);
  });

  test("events of a server that starts again are left out up to the break", async () => {
    const { text, breaks } = await joinAll(
      cutAt([700], () => bytes, { failure: reset }),
      policy,
    );
    expect(text).toBe(whole);
    expect(breaks).toMatchObject([{ repeatedEvents: Number(breaks[0]?.startingAfter) + 1 }]);
  });

  test("the number to continue after is the highest received", async () => {
    const first = streamFrom(0, created()) + streamFrom(3, textDelta("d")) + streamFrom(1, textDelta("b"));
    const { breaks } = await joinAll([{ chunks: [first] }, { chunks: [streamFrom(4, completed())] }], policy);
    expect(breaks).toMatchObject([{ startingAfter: 3 }]);
  });

  test("comments and events without a number are passed on", async () => {
    const rest = `: keep-alive\n\nevent: ping\ndata: {}\n\ndata: x\n\n${streamFrom(1, completed())}`;
    const { text } = await joinAll([{ chunks: [stream(created())] }, { chunks: [rest] }], policy);
    expect(text).toBe(stream(created()) + rest);
  });

  test("a gap is left for the rules to find", async () => {
    const rest = streamFrom(5, textDelta("x"), completed());
    const { text } = await joinAll([{ chunks: [stream(created())] }, { chunks: [rest] }], policy);
    expect(text).toBe(stream(created()) + rest);
  });

  test("a number that repeats later is left for the rules to find", async () => {
    const rest = streamFrom(1, textDelta("a")) + streamFrom(1, textDelta("a")) + streamFrom(2, completed());
    const { text, breaks } = await joinAll([{ chunks: [stream(created())] }, { chunks: [rest] }], policy);
    expect(text).toBe(stream(created()) + rest);
    expect(breaks).toMatchObject([{ repeatedEvents: 0 }]);
  });

  test("another response fails the stream, and none of it is passed on", async () => {
    const other = event({ type: "response.created", sequence_number: 0, response: { id: "resp_other" } });
    const { text, error, changes } = await joinAll(
      [{ chunks: [stream(created())], failure: reset }, { chunks: [other.slice(0, 20), other.slice(20)] }],
      policy,
    );
    expect(text).toBe(stream(created()));
    expect(error).toEqual(new TransportError("OTHER_RESPONSE", "the server continued a different response"));
    expect(changes).toHaveLength(2);
  });
});

/** The reason why a broken stream of this text cannot be resumed. */
async function cannot(text: string): Promise<string> {
  const { changes, messages, error, text: joined } = await joinAll([{ chunks: [text], failure: reset }], policy);
  expect({ requests: changes.length, error, joined }).toEqual({ requests: 1, error: reset, joined: text });
  return messages.join("\n").replace("the connection was reset (host); cannot reconnect: ", "");
}

describe("a stream cannot be resumed", () => {
  test("if no event has the response's id", async () => {
    expect(await cannot(whole.slice(0, named - 1))).toBe("no event has the response's id");
    expect(await cannot("data: x\n\n")).toBe("no event has the response's id");
    expect(await cannot("")).toBe("no event has the response's id");
  });

  test("if its id is empty", async () => {
    expect(await cannot(stream(created({ id: "" })))).toBe("no event has the response's id");
  });

  test("if its events have no numbers", async () => {
    expect(await cannot(event(created()))).toBe("the response's events have no sequence numbers");
  });

  test.each(["..", "a/b", "a?b", "a b", "\r\nx", "é", "%2e", "x".repeat(300)])(
    "safety 16: if its id is %j, which would lead to another URL",
    async (id) => {
      const started = event({ type: "response.created", sequence_number: 0, response: { id } });
      expect(await cannot(started)).toBe("the response's id cannot be part of a URL");
    },
  );

  test("and ends cleanly if the connection did", async () => {
    const { error, messages } = await joinAll([{ chunks: ["data: x\n\n"] }], policy);
    expect(error).toBeNull();
    expect(messages).toEqual(["the connection ended; cannot reconnect: no event has the response's id"]);
  });
});
