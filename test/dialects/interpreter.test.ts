import { describe, expect, test } from "vitest";
import type { DialectName } from "../../src/dialects/index.ts";
import { createInterpreter } from "../../src/dialects/interpreter.ts";
import { isTextDelta } from "../../src/model/facts.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { WireEvent } from "../../src/model/wire.ts";
import { reportOf } from "../support/read-report.ts";
import { answer, completed, created, data, failed, stream } from "../support/stream.ts";

function wireEvent(eventData: string, index: number, event = "message"): WireEvent {
  return { type: "event", event, data: eventData, lastEventId: "", index, line: index + 1, offset: 0, length: 0 };
}

/** How each event was read, and the dialect at the end. */
function interpret(name: DialectName | null, events: readonly (string | { event: string; data: string })[]) {
  const readings: Reading[] = [];
  const interpreter = createInterpreter(name, (reading) => readings.push(reading));
  for (const [index, event] of events.entries()) {
    const { event: eventName, data: eventData } = typeof event === "string" ? { event: "message", data: event } : event;
    interpreter.read(wireEvent(eventData, index, eventName), null, false);
  }
  const readBeforeEnd = readings.length;
  const ending = interpreter.end();
  const told = readings.map(({ event, facts }) => {
    const line: (string | number)[] = [event.index];
    return line.concat(facts.map(({ type }) => type));
  });
  return { ...ending, dialect: ending.dialect?.name ?? null, readBeforeEnd, readings: told };
}

const DELTA = '{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"a"}';

test("What was held back has the place of the last event that was passed.", () => {
  const readings: Reading[] = [];
  const interpreter = createInterpreter("openai-realtime", (reading) => readings.push(reading));
  interpreter.read(wireEvent('{"type":"response.created","event_id":"1","response":{"id":"r"}}', 0), null, false);
  interpreter.read(wireEvent('{"type":"error","event_id":"2","error":{"message":"no"}}', 1), null, false);
  interpreter.read(wireEvent(DELTA, 2), null, false);
  const [, , like] = readings;
  if (like === undefined) throw new Error("nothing was read");
  const [delta] = like.facts;
  if (delta === undefined || !isTextDelta(delta)) throw new Error("no delta");
  interpreter.read(wireEvent(DELTA.replace("output_text", "function_call_arguments"), 3), null, false);
  const text = { utf8: null, length: 1, characters: 1, toString: () => "a" };
  const last = { index: 4, line: 5, offset: 0 };
  interpreter.pass({ like, delta, text, events: 1, lines: 1, bytes: 1, last, sequenceNumber: null });
  interpreter.end();
  expect(readings.at(-1)).toMatchObject({
    event: { ...last, data: DELTA },
    eventType: "response.output_text.delta",
    facts: [{ type: "error-reported" }],
  });
});

describe("detection", () => {
  test("uses the first event that a dialect knows", () => {
    expect(interpret(null, [DELTA])).toMatchObject({ dialect: "openai-responses", fits: true });
  });

  test("uses the event's name if the payload has no type", () => {
    const { dialect, readings } = interpret(null, [
      { event: "response.output_text.delta", data: '{"output_index":0,"delta":"hi"}' },
    ]);
    expect(dialect).toBe("openai-responses");
    expect(readings).toEqual([[0, "response-start", "text-delta"]]);
  });

  test.each(["hello", "{}", '{"type":"ping"}', "[1]", '{"error":{"message":"slow down"}}'])(
    "works after a foreign first event: %s",
    (first) => {
      const { dialect, readings } = interpret(null, [first, DELTA]);
      expect(dialect).toBe("openai-responses");
      expect(readings).toHaveLength(2);
      expect(readings[1]).toContain("text-delta");
    },
  );

  test("holds events back until the dialect is known, so that none is printed as unknown text", () => {
    expect(interpret(null, ["hello", "world"])).toMatchObject({ dialect: "generic", readBeforeEnd: 0 });
    expect(interpret(null, ['{"type":"acme.limits"}', DELTA]).readings).toEqual([
      [0, "unrecognized"],
      [1, "response-start", "text-delta"],
    ]);
    const long = JSON.stringify("x".repeat(1024 * 1024));
    expect(interpret(null, [long, long])).toMatchObject({ dialect: "generic", readBeforeEnd: 2 });
  });

  test("ignores heartbeats, however many there are", () => {
    const pings = Array.from({ length: 100 }, () => ({ event: "ping", data: '{"type":"ping"}' }));
    const { dialect, readings, readBeforeEnd } = interpret(null, [...pings, DELTA]);
    expect({ dialect, readBeforeEnd }).toEqual({ dialect: "openai-responses", readBeforeEnd: 101 });
    expect(readings[99]).toEqual([99, "keep-alive"]);
  });

  test("reads damaged events in the dialect detected later, in order", () => {
    const { dialect, readings } = interpret(null, ['{"type":"resp', DELTA]);
    expect(dialect).toBe("openai-responses");
    expect(readings).toEqual([
      [0, "unreadable"],
      [1, "response-start", "text-delta"],
    ]);
  });

  test("holds no more than 16 events back, and loses none", () => {
    const damaged = Array.from({ length: 20 }, () => "{");
    const { dialect, readBeforeEnd, readings } = interpret(null, damaged);
    expect({ dialect, readBeforeEnd }).toEqual({ dialect: "generic", readBeforeEnd: 20 });
    expect(readings.map(([index]) => index)).toEqual(damaged.map((_, index) => index));
  });

  test("ends after 16 events", () => {
    const foreign = Array.from({ length: 16 }, (_, index) => `${index}`);
    expect(interpret(null, [...foreign.slice(1), DELTA]).dialect).toBe("openai-responses");
    expect(interpret(null, [...foreign, DELTA]).dialect).toBe("generic");
  });

  test("of an empty stream gives no dialect", () => {
    expect(interpret(null, [])).toMatchObject({ dialect: null, fits: true });
  });

  test("reports a failed or cut stream after a foreign event", async () => {
    expect(await reportOf(data("hello") + stream(created(), failed({ code: "server_error" })))).toMatchObject({
      exitCode: 3,
    });
    expect(await reportOf(data('{"type":"ping"}') + stream(created()))).toMatchObject({ exitCode: 5 });
    expect(await reportOf(data("{}") + answer("hey"))).toMatchObject({ exitCode: 0, dialect: "openai-responses" });
  });

  test("uses ambiguous events only if no dialect claims the other events", async () => {
    const waiting = data('{"type":"response.in_progress"}');
    const chunk = data('{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"hey"}}]}');
    expect(await reportOf(waiting + chunk)).toMatchObject({ dialect: "openai-chat", responses: [{}] });
    expect(await reportOf(waiting + waiting)).toMatchObject({ dialect: "openai-responses", verdict: "truncated" });
  });
});

describe("a dialect that was named", () => {
  test("does not fit because of a ping, which any server can send", () => {
    const events = ["hello", '{"type":"ping"}', '{"type":"message_stop"}'];
    expect(interpret("openai-chat", events)).toMatchObject({ fits: false });
    expect(interpret("openai-chat", events.slice(1, 2))).toMatchObject({ fits: true });
  });

  test("fits if one event belongs to it", () => {
    expect(interpret("openai-responses", ["hello", DELTA])).toMatchObject({ fits: true });
  });

  test.each(["hello", '{"choices":[]}', "[DONE]", "{"])("does not fit without such an event: %s", (only) => {
    expect(interpret("openai-responses", [only])).toMatchObject({ dialect: "openai-responses", fits: false });
  });

  test("that does not fit does not hide the description of the body", async () => {
    const input = '{\n "error": {"message": "no such model"}\n}';
    const report = await reportOf(input, "--dialect", "openai-responses");
    expect(report).toMatchObject({ verdict: "not-a-stream", error: { message: "no such model" } });
  });

  test("is not replaced by another one", async () => {
    const report = await reportOf(stream(created(), completed()), "--dialect", "generic");
    expect(report).toMatchObject({ dialect: "generic", verdict: "ended" });
  });
});
