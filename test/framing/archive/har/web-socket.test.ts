import { describe, expect, test } from "vitest";
import { har } from "../../../../src/framing/archive/har/har.ts";
import { reportOf } from "../../../support/read-report.ts";
import { readStreams } from "../../support/read-streams.ts";

type Fields = Readonly<Record<string, unknown>>;

const STARTED = "2026-03-02T10:15:30.000Z";
const STARTED_S = Date.parse(STARTED) / 1000;

function archive(messages: readonly Fields[], more: Fields = {}): string {
  const request = { method: "GET", url: "wss://api.example/v1/live?key=secret" };
  const response = { status: 101, statusText: "Switching Protocols", headers: [], content: { mimeType: "x-unknown" } };
  const entry = { _resourceType: "websocket", startedDateTime: STARTED, request, response, ...more };
  return JSON.stringify({ log: { version: "1.2", entries: [{ ...entry, _webSocketMessages: messages }] } });
}

function received(data: string, more: Fields = {}): Fields {
  return { type: "receive", opcode: 1, time: STARTED_S + 0.5, data, ...more };
}

function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString("base64");
}

async function read(messages: readonly Fields[], more: Fields = {}) {
  const { streams, skippedAnswers } = await readStreams(har, [archive(messages, more)]);
  const [stream] = streams;
  const data = stream?.records.flatMap((record) => (record.type === "event" ? [record.data] : []));
  return { data, head: stream?.head, times: stream?.times, records: stream?.records, skippedAnswers };
}

describe("The messages of a WebSocket", () => {
  test("that were received are the events; those that were sent are not", async () => {
    const sent = { type: "send", opcode: 1, time: STARTED_S, data: "{}" };
    const { data, head } = await read([sent, received('{"a":1}'), sent, received("two\nlines")]);
    expect(data).toEqual(['{"a":1}', "two\nlines"]);
    expect(head).toMatchObject({ framing: "har", wrapping: "websocket", http: { status: 101 }, place: { line: 1 } });
    expect(head?.place?.name).not.toContain("secret");
  });

  test("have their number as line, and their place in the document", async () => {
    const document = archive([received('{"a":"first"}'), received('{"a":"second"}')]);
    const { streams } = await readStreams(har, [document]);
    expect(streams[0]?.records).toMatchObject([
      { line: 1, offset: 0, length: 13 },
      { line: 2, offset: 13, length: 14 },
      { type: "end", bytes: 27, events: 2 },
    ]);
    const place = streams[0]?.head.placeOfLine?.(2);
    expect(document.slice(place?.offset)).toMatch(/^\{\\"a\\":\\"second/);
  });

  test("have their place also beside what is no message", async () => {
    const whole = archive([received('{"a":1}')]);
    const document = whole.replace('"_webSocketMessages":[', '"_webSocketMessages":[null,"no message",');
    const { streams } = await readStreams(har, [document]);
    expect(document.slice(streams[0]?.head.placeOfLine?.(1).offset)).toMatch(/^\{\\"a\\":1/);
  });

  test.each<[string, readonly number[], readonly (number | null)[]]>([
    ["seconds, as in Chrome", [STARTED_S + 0.5, STARTED_S + 0.75], [500, 750]],
    ["milliseconds, as in Playwright", [STARTED_S * 1000 + 500, STARTED_S * 1000 + 750], [500, 750]],
    ["seconds of another clock", [77.5, 77.75], [0, 250]],
    ["left out", [-1, -1], [null, null]],
  ])("have their times: %s", async (_, times, expected) => {
    const { times: read_ } = await read(times.map((time) => received("{}", { time })));
    expect(read_?.slice(0, 2)).toEqual(expected);
  });

  test.each(["1e400", "1e308", "1e16"])("have no time where it is out of all measure: %s", async (time) => {
    const text = archive([received("{}"), received("{}", { time: "far" }), received("{}", { time: STARTED_S + 1 })]);
    const { streams } = await readStreams(har, [text.replace('"far"', time)]);
    expect(streams[0]?.times).toHaveLength(4);
    expect(streams[0]?.times.every((ms) => ms === null || ms < 10_000)).toBe(true);
    // And its report ends.
    expect((await reportOf(text.replace('"far"', time))).timing).not.toBeNull();
  });

  test("have times behind the response headers where their clock is another one", async () => {
    const timings = { send: 1, wait: 99, receive: 0 };
    expect((await read([received("{}", { time: 7 })], { timings })).times?.[0]).toBe(100);
  });

  test.each<[string, string, string]>([
    ["text in base64", base64('{"é": 1}\n'), '{"é": 1}\n'],
    ["text as it is", '{"a":1}', '{"a":1}'],
    ["no text", base64(new Uint8Array([0xff, 0xfe, 0xfd])), "//79"],
  ])("that are binary may hold %s", async (_, data, expected) => {
    expect((await read([received(data, { opcode: 2 })])).data).toEqual([expected]);
  });

  test("may be written as JSON, not as its text", async () => {
    const message = { type: "receive", opcode: 1, time: STARTED_S, data: { a: [1] } };
    expect((await read([message])).data).toEqual(['{"a":[1]}']);
  });

  test("leave out pings, pongs and what is empty, and end with the close", async () => {
    const ping = received("", { opcode: 9 });
    const close = received(base64(new Uint8Array([0x03, 0xe8])), { opcode: 8 });
    const { data, head } = await read([ping, received("1"), received(""), ping, close, received("2")]);
    expect(data).toEqual(["1"]);
    expect(head?.recorded?.stop).toBeNull();
  });

  test("that are only sent are no stream", async () => {
    const { head, skippedAnswers } = await read([{ type: "send", opcode: 1, data: "{}" }]);
    expect(head).toMatchObject({ wrapping: null });
    expect(skippedAnswers).toBe(1);
  });
});

describe("What ended a WebSocket", () => {
  const internal = base64(Buffer.concat([new Uint8Array([0x03, 0xf3]), Buffer.from("Internal error")]));

  test.each<[string, readonly Fields[], Fields, string, string]>([
    [
      "a close frame with a code that tells of an error",
      [received(internal, { opcode: 8 })],
      {},
      "WEBSOCKET_1011",
      "the WebSocket was closed with code 1011: Internal error",
    ],
    [
      "the same with keys",
      [received("", { opcode: 8, code: 1008, reason: "quota" })],
      {},
      "WEBSOCKET_1008",
      "the WebSocket was closed with code 1008: quota",
    ],
    [
      "the close that HTTP Toolkit keeps",
      [],
      { _webSocketClose: { code: 1013, reason: "" } },
      "WEBSOCKET_1013",
      "the WebSocket was closed with code 1013",
    ],
    [
      "a connection that was cut",
      [],
      { _webSocketClose: "aborted" },
      "WEBSOCKET_ERROR",
      "the WebSocket failed: aborted",
    ],
    [
      "an error among Chrome's messages",
      [{ type: "error", opcode: -1, data: "Invalid frame header" }],
      {},
      "WEBSOCKET_ERROR",
      "the WebSocket failed: Invalid frame header",
    ],
    [
      "the error of Chrome's entry",
      [],
      { response: { status: 101, _error: "net::ERR_CONNECTION_RESET" } },
      "WEBSOCKET_ERROR",
      "the WebSocket failed: net::ERR_CONNECTION_RESET",
    ],
    [
      "the error of Playwright's entry",
      [],
      { response: { status: 101, _failureText: "reset" } },
      "WEBSOCKET_ERROR",
      "the WebSocket failed: reset",
    ],
  ])("is reported: %s", async (_, messages, more, code, message) => {
    const begun = received(
      '{"type":"response.created","response":{"id":"r","object":"response","status":"in_progress"}}',
    );
    const report = await reportOf(archive([begun, ...messages], more));
    expect(report).toMatchObject({ verdict: "transport-error", error: { code, message }, responses: [{ id: "r" }] });
  });

  test.each<[string, Fields]>([
    ["a close with the ordinary code", { code: 1000, reason: "bye" }],
    ["a client that goes away", { code: 1001 }],
    ["no code", {}],
  ])("is no error: %s", async (_, _webSocketClose) => {
    expect((await read([received("1")], { _webSocketClose })).head?.recorded?.stop).toBeNull();
  });

  test("is reported though nothing was received", async () => {
    const sent = { type: "send", opcode: 1, data: "{}" };
    const report = await reportOf(archive([sent], { _webSocketClose: { code: 1008, reason: "no such model" } }));
    expect(report).toMatchObject({ verdict: "transport-error", events: 0, error: { code: "WEBSOCKET_1008" } });
  });
});
