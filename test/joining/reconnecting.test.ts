// When, how often and after what delay a stream is requested again.
import { describe, expect, test } from "vitest";
import { TransportError } from "../../src/errors.ts";
import { answer, created, stream as responses, textDelta } from "../support/stream.ts";
import { answer as chatAnswer } from "../support/chunks.ts";
import { systemClock } from "../../src/timing/clock.ts";
import { type Connection, joinAll, refused, reset } from "./support/connections.ts";

const broken: Connection = { chunks: ["id: 1\ndata: a\n\n"], failure: reset };
const whole: Connection = { chunks: ["data: b\n\n"] };

/** Interrupts after `most` waits. */
function stoppedAfter(most: number) {
  const interrupt = new AbortController();
  let waits = 0;
  return {
    signal: interrupt.signal,
    onWait() {
      if ((waits += 1) >= most) interrupt.abort();
    },
  };
}

describe("the delay", () => {
  test.each([
    ["is the standard's few seconds by default", "", 3000],
    ["is set by the stream", "retry: 250\n", 250],
    ["may be zero", "retry: 0\n", 0],
    ["is the last one that the stream set", "retry: 1\nretry: 20\n", 20],
    ["ignores values that are not numbers", "retry: -1\nretry: 1.5\nretry: 1e3\nretry: 0x10\nretry: \n", 3000],
    ["is at most a minute", "retry: 3600000\n", 60_000],
    ["is a minute for 400 digits", `retry: ${"9".repeat(400)}\n`, 60_000],
  ])("%s", async (_, line, ms) => {
    const { waits } = await joinAll([{ chunks: [`${line}data: a\n\n`] }]);
    expect(waits).toEqual([ms]);
  });

  test("stays as an earlier connection set it", async () => {
    const { waits } = await joinAll([{ chunks: ["id: 1\nretry: 7\ndata: a\n\n"] }, whole]);
    expect(waits).toEqual([7, 7]);
  });

  test("allows at most five requests in five seconds, whatever the stream sets", async () => {
    const { waits, changes } = await joinAll((_, index) => ({ chunks: [`retry: 0\nid: ${index}\ndata: a\n\n`] }), {
      ...stoppedAfter(100),
    });
    expect(changes.length).toBeGreaterThan(50);
    // The time from a request to the fifth one after it.
    const sums = waits.slice(5).map((_, at) => waits.slice(at + 1, at + 6).reduce((sum, ms) => sum + ms, 0));
    for (const sum of sums) expect(sum).toBeGreaterThan(4900);
  });

  test("doubles while the network fails, up to a minute", async () => {
    const failing = Array.from({ length: 7 }, (): Connection => ({ refusal: refused }));
    const { waits, error } = await joinAll([{ chunks: ["retry: 0\ndata: a\n\n"] }, ...failing], { mostTries: 8 });
    expect(waits).toEqual([0, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    expect(error).toBeNull();
  });

  test("ends at once on an interrupt, and the cut event is passed on", async () => {
    const interrupt = new AbortController();
    const { text, changes, error, breaks } = await joinAll([{ chunks: ["data: a\n\ndata: cu"], failure: reset }], {
      signal: interrupt.signal,
      onWait: () => interrupt.abort(),
    });
    expect(text).toBe("data: a\n\ndata: cu");
    expect(changes).toHaveLength(1);
    expect({ error, breaks }).toEqual({ error: null, breaks: [] });
  });

  test("ends at once with the system's clock too", async () => {
    const interrupt = new AbortController();
    const waiting = systemClock.wait(3_600_000, interrupt.signal);
    interrupt.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(systemClock.wait(3_600_000, interrupt.signal)).resolves.toBeUndefined();
  });
});

describe("the attempts", () => {
  test("end the stream with the network's last failure", async () => {
    const { error, changes, text, messages } = await joinAll(() => ({ refusal: refused, ...broken }), { mostTries: 3 });
    expect({ error, tries: changes.length, text, messages }).toEqual({
      error: refused,
      tries: 1,
      text: "",
      messages: [],
    });
    const later = await joinAll((_, index) => (index === 0 ? broken : { refusal: refused }), { mostTries: 3 });
    expect(later.error).toBe(refused);
    expect(later.changes).toHaveLength(4);
    expect(later.breaks).toEqual([]);
    expect(later.messages).toEqual([
      "the connection was reset (host); reconnecting in 3.0 s after the event with the id 1 (attempt 1 of 3)",
      "the connection was refused (host); reconnecting in 6.0 s after the event with the id 1 (attempt 2 of 3)",
      "the connection was refused (host); reconnecting in 12.0 s after the event with the id 1 (attempt 3 of 3)",
    ]);
  });

  test("start again after a new event", async () => {
    const answers: Connection[] = [broken, { refusal: refused }, whole, { refusal: refused }, whole, { status: 204 }];
    const { error, changes, breaks } = await joinAll(answers, { mostTries: 2 });
    expect(error).toBeNull();
    expect(changes).toHaveLength(answers.length);
    expect(breaks).toHaveLength(2);
  });

  test("are used up by connections without events, which is not a failure", async () => {
    const { error, changes, text } = await joinAll(
      (_, index) => ({ chunks: index === 0 ? ["data: a\n\n"] : [": hi\n"] }),
      {
        mostTries: 4,
      },
    );
    expect({ error, text }).toEqual({ error: null, text: `data: a\n\n${": hi\n".repeat(4)}` });
    expect(changes).toHaveLength(5);
  });

  test("are used up if events have no ids: each connection starts again with the same events", async () => {
    const { error, changes, text } = await joinAll(() => ({ chunks: ["data: a\n\n"], failure: reset }), {
      mostTries: 2,
    });
    expect(error).toBe(reset);
    expect(changes).toHaveLength(3);
    expect(text).toBe("data: a\n\n".repeat(3));
  });
});

describe("a response", () => {
  test("of 204 ends the stream cleanly, also after a failure", async () => {
    const { error, changes, text, breaks } = await joinAll([
      { ...broken, chunks: ["data: a\n\ndat"] },
      { status: 204 },
    ]);
    expect({ error, requests: changes.length, text, breaks }).toEqual({
      error: null,
      requests: 2,
      text: "data: a\n\ndat",
      breaks: [],
    });
  });

  test.each<[string, Connection, string]>([
    ["of 503", { status: 503 }, "HTTP 503"],
    ["of 206", { status: 206 }, "HTTP 206"],
    ["of 302", { status: 302 }, "HTTP 302"],
    ["of another type", { contentType: "application/json" }, "the response is application/json, not an event stream"],
    [
      "of a type with the same beginning",
      { contentType: "text/event-streams" },
      "the response is text/event-streams, not an event stream",
    ],
  ])("%s fails the stream, and is not requested again", async (_, answer, reason) => {
    const { error, changes } = await joinAll([broken, answer]);
    expect(error).toEqual(new TransportError("NOT_JOINED", `cannot continue the stream: ${reason}`));
    expect(changes).toHaveLength(2);
  });

  test.each(["text/event-stream", "Text/Event-Stream;charset=UTF-8", " text/event-stream ; x=y"])(
    "of the type %j is joined",
    async (contentType) => {
      const { breaks } = await joinAll([broken, { ...whole, contentType }]);
      expect(breaks).toHaveLength(1);
    },
  );

  test.each<[string, Connection]>([
    ["HTTP 500", { status: 500, chunks: ["oops"] }],
    ["JSON", { contentType: "application/json", chunks: ["{}"] }],
  ])("that is not a stream at first is passed on unchanged: %s", async (_, first) => {
    const { changes, text } = await joinAll([first, whole]);
    expect(changes).toHaveLength(1);
    expect(text).toBe(first.chunks?.join(""));
  });

  test("of 200 that is not an event stream causes a warning that it is not reconnected", async () => {
    const { messages } = await joinAll([{ contentType: "text/plain", chunks: ["data: a\n\n"] }]);
    expect(messages).toEqual([
      "the response is text/plain, not an event stream: ssescope will not reconnect if it breaks",
    ]);
    expect((await joinAll([{ status: 500 }])).messages).toEqual([]);
  });

  test("that fails at first is the failure of the stream", async () => {
    const { error, changes } = await joinAll([{ refusal: refused }, whole]);
    expect(error).toBe(refused);
    expect(changes).toHaveLength(1);
  });
});

describe("a stream that is over", () => {
  test.each([
    ["by response.completed", answer("hey")],
    ["by [DONE]", chatAnswer("hey")],
    ["by [DONE] of no known dialect", "data: x\n\ndata: [DONE]\n\n"],
    ["by [DONE] without its blank line", "data: x\n\ndata: [DONE]\n"],
    ["by an error", responses(created(), { type: "error", code: "server_error", message: "no", param: null })],
  ])("%s is not requested again", async (_, text) => {
    const joined = await joinAll([{ chunks: [text] }, whole]);
    expect(joined.changes).toHaveLength(1);
    expect(joined.text).toBe(text);
    expect(joined.messages).toEqual([]);
  });

  test("stays over if the network fails later, and the failure is reported", async () => {
    const { changes, error } = await joinAll([{ chunks: [answer("hey")], failure: reset }, whole]);
    expect(changes).toHaveLength(1);
    expect(error).toBe(reset);
  });

  test("is not over after an error before a break, because its end may follow", async () => {
    const error = responses(created(), { type: "error", code: "server_error", message: "no", param: null });
    expect((await joinAll([{ chunks: [error], failure: reset }])).changes).toHaveLength(2);
  });

  test("is not over after an event that a failure cuts", async () => {
    expect((await joinAll([{ chunks: ["data: [DONE]\n"], failure: reset }])).changes).toHaveLength(2);
  });

  test("is not over if another response has begun", async () => {
    const { changes } = await joinAll([{ chunks: [answer("hey"), responses(created(), textDelta("x"))] }]);
    expect(changes).toHaveLength(2);
  });

  test("is not over after an error in an unknown dialect", async () => {
    const { changes } = await joinAll([{ chunks: ['data: {"error":{"message":"low on paper"}}\n\n'] }]);
    expect(changes).toHaveLength(2);
  });
});

test("an event too large to hold is passed on in pieces, and the stream is not reconnected", async () => {
  const chunks = [`data: ${"x".repeat(80)}`, "y".repeat(40), "\n\ndata: b\n\n"];
  const { text, changes, error } = await joinAll([{ chunks, failure: reset }, whole], { maxEventBytes: 100 });
  expect(text).toBe(chunks.join(""));
  expect(changes).toHaveLength(1);
  expect(error).toBe(reset);
});

test("lines without an end of event are not held forever", async () => {
  const chunks = ["x: y\n".repeat(30), "x: y\n".repeat(30), "\n"];
  const { text, times } = await joinAll([{ chunks }], { maxEventBytes: 200 });
  expect(text).toBe(chunks.join(""));
  expect(times[0]).toBe(20);
});
