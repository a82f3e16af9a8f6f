import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { har } from "../../../../src/framing/archive/har/har.ts";
import { chunkings } from "../../../support/chunkings.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { run } from "../../../support/io.ts";
import { parseRecords, reportOf } from "../../../support/read-report.ts";
import { answer } from "../../../support/stream.ts";
import { readStreams, refusalOf } from "../../support/read-streams.ts";

type Fields = Readonly<Record<string, unknown>>;

const TEXT = answer("hey");

function archive(...entries: readonly unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, entries } });
}

function entry(content: Fields, response: Fields = {}, more: Fields = {}): Fields {
  const headers = [{ name: "Content-Type", value: "text/event-stream" }];
  return {
    startedDateTime: "2026-03-02T10:15:30.000Z",
    request: { method: "POST", url: "https://user:pw@api.example/v1/responses?key=abc#x" },
    response: { status: 200, statusText: "OK", headers, content, ...response },
    ...more,
  };
}

function withHeaders(headers: Readonly<Record<string, string>>): Fields {
  return { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) };
}

async function bodiesOf(...entries: readonly unknown[]): Promise<string[]> {
  return (await readStreams(har, [archive(...entries)])).streams.map(({ body }) => body);
}

describe("an answer that is a stream", () => {
  test("is read, named by its request without what may be a key, with what the server said", async () => {
    const { streams, skippedAnswers } = await readStreams(har, [archive(entry({ text: TEXT }))]);
    expect(streams.map(({ head }) => ({ ...head, placeOfLine: null }))).toEqual([
      {
        framing: "har",
        wrapping: "sse",
        http: { status: 200, statusText: "OK", contentType: "text/event-stream", location: null },
        place: { name: "POST https://api.example/v1/responses", line: 1 },
        placeOfLine: null,
        recorded: { arrival: null, startedAt: "2026-03-02T10:15:30.000Z", stop: null },
      },
    ]);
    expect(streams[0]).toMatchObject({ body: TEXT, isClosed: true });
    expect(skippedAnswers).toBe(0);
  });

  test("has its events at their places within the body", async () => {
    const { streams } = await readStreams(har, [archive(entry({ text: ": hi\ndata: 1\n\n" }))]);
    expect(streams[0]?.records).toMatchObject([
      { type: "comment", line: 1, offset: 0 },
      { type: "event", line: 2, offset: 5 },
      { type: "end", bytes: 14 },
    ]);
  });

  test.each<[string, Fields, Fields]>([
    ["base64", { text: Buffer.from(TEXT).toString("base64"), encoding: "base64" }, {}],
    ["base64 of gzip", { text: gzipSync(TEXT).toString("base64"), encoding: "base64" }, {}],
    [
      "base64 of brotli",
      { text: brotliCompressSync(TEXT).toString("base64"), encoding: "base64" },
      withHeaders({ "content-type": "text/event-stream", "Content-Encoding": "br" }),
    ],
    [
      "base64 of deflate",
      { text: deflateSync(TEXT).toString("base64"), encoding: "base64" },
      withHeaders({ "content-type": "text/event-stream", "content-encoding": "deflate" }),
    ],
    [
      "text whose header says gzip",
      { text: TEXT },
      withHeaders({ "content-type": "text/event-stream", "content-encoding": "gzip" }),
    ],
    [
      "text whose header says brotli",
      { text: TEXT },
      withHeaders({ "content-type": "text/event-stream", "content-encoding": "br" }),
    ],
    [
      "text that its type alone tells of",
      { text: TEXT, mimeType: "text/event-stream; charset=utf-8" },
      { headers: [] },
    ],
    ["text of the wrong type", { text: TEXT, mimeType: "text/plain" }, { headers: [] }],
  ])("is read from %s", async (_, content, response) => {
    expect(await bodiesOf(entry(content, response))).toEqual([TEXT]);
  });

  test("that is compressed and cut gives its beginning", async () => {
    const cut = gzipSync(TEXT).subarray(0, -20).toString("base64");
    const [body = ""] = await bodiesOf(entry({ text: cut, encoding: "base64" }));
    expect(body.length).toBeGreaterThan(0);
    expect(TEXT.startsWith(body)).toBe(true);
  });

  test.each([
    ["lines of JSON", '{"a":1}\n{"b":2}\n', "application/json", "/api", "ndjson"],
    ["a line of JSON that is called lines", '{"a":1}\n', "application/x-ndjson", "/api", "ndjson"],
    [
      "an array that was asked for as a stream",
      '[{"a":1},{"b":2}]',
      "application/json",
      "/m:streamGenerateContent?key=k",
      "json-array",
    ],
  ])("may be %s", async (_, text, type, path, wrapping) => {
    const request = { method: "POST", url: `https://api.example${path}` };
    const { streams } = await readStreams(har, [
      archive(entry({ text }, withHeaders({ "content-type": type }), { request })),
    ]);
    expect(streams).toMatchObject([{ head: { framing: "har", wrapping } }]);
  });
});

describe("other answers", () => {
  const json = withHeaders({ "content-type": "application/json" });

  test.each<[string, Fields, Fields]>([
    ["a JSON answer", { text: '{"object":"list"}' }, json],
    ["an array", { text: '[{"a":1}]' }, json],
    ["a page", { text: "<!doctype html>" }, withHeaders({ "content-type": "text/html" })],
    ["nothing", {}, json],
    ["an error", { text: '{"error":{"message":"no"}}' }, { ...json, status: 401 }],
  ])("are counted beside a stream: %s", async (_, content, response) => {
    const { streams, skippedAnswers } = await readStreams(har, [
      archive(entry(content, response), entry({ text: TEXT })),
    ]);
    expect(streams.map(({ body }) => body)).toEqual([TEXT]);
    expect(skippedAnswers).toBe(1);
  });

  test("tell, where there is no stream, what the last error was", async () => {
    const failed = entry({ text: '{"error":{"code":"invalid_api_key","message":"no"}}' }, { ...json, status: 401 });
    const report = await reportOf(archive(failed, entry({ text: "{}" }, json)));
    expect(report).toMatchObject({
      verdict: "not-a-stream",
      http: { status: 401 },
      error: { code: "invalid_api_key" },
    });
  });

  test("tell, where there is neither stream nor error, what the last one is", async () => {
    const whole = '{"object":"response","status":"completed"}';
    const report = await reportOf(archive(entry({ text: whole }, json)));
    expect(report.error?.message).toContain("a whole response (OpenAI Responses API, status completed)");
  });

  test("that are called streams and have no body are streams of nothing", async () => {
    const report = await reportOf(archive(entry({})));
    expect(report).toMatchObject({ verdict: "not-a-stream", events: 0, stream: { name: expect.any(String) } });
  });
});

describe("messages of an EventSource", () => {
  const messages = [
    { time: 1772446530.5, eventName: "message", eventId: "1", data: "a\nb" },
    { time: 1772446531.25, eventName: "done", eventId: "", data: "" },
  ];

  test("are the stream that they came in, with their times from the request on", async () => {
    const { streams } = await readStreams(har, [archive(entry({}, {}, { _eventSourceMessages: messages }))]);
    expect(streams[0]?.records).toMatchObject([
      { event: "message", data: "a\nb", lastEventId: "1", index: 0, line: 1 },
      { event: "done", data: "", lastEventId: "1", index: 1, line: 6 },
      { type: "end", events: 2 },
    ]);
    expect(streams[0]?.times).toEqual([500, 1250, 1250]);
  });

  test("have times from the first one on, where the request is of another clock", async () => {
    const archived = entry({}, {}, { _eventSourceMessages: messages, startedDateTime: "2001-01-01T00:00:00Z" });
    expect((await readStreams(har, [archive(archived)])).streams[0]?.times).toEqual([0, 750, 750]);
  });

  test("have their places in the document, line by line", async () => {
    const document = archive(entry({}, {}, { _eventSourceMessages: messages }));
    const { streams } = await readStreams(har, [document]);
    const placeOfLine = streams[0]?.head.placeOfLine;
    const offsets = [3, 4, 5, 7].map((line) => placeOfLine?.(line).offset);
    expect(offsets).toEqual(['a\\nb"', 'b"}', 'b"}', '"}]'].map((text) => document.lastIndexOf(text)));
  });

  test("stand back where there is a body", async () => {
    expect(await bodiesOf(entry({ text: TEXT }, {}, { _eventSourceMessages: messages }))).toEqual([TEXT]);
  });
});

test("a HAR file of PollyJS is read: compressed bodies are lists of chunks, binary ones in hexadecimal", async () => {
  const text = Buffer.from(fixtureNamed("har/pollyjs.har").bytes).toString();
  const { streams } = await readStreams(har, [text]);
  const bodies = streams.map(({ body }) => body.slice(0, "data: {".length));
  expect(bodies.slice(0, 3)).toEqual(["data: {", "data: {", "data: {"]);
  expect(streams[3]?.head.wrapping).toBe("aws-eventstream");
});

test("the places of entries are the lines on which they begin", async () => {
  const text = Buffer.from(fixtureNamed("har/chrome.har").bytes).toString();
  const { streams } = await readStreams(har, [text]);
  const lines = text.split("\n");
  expect(streams).toHaveLength(2);
  for (const { head } of streams) expect(lines[(head.place?.line ?? 0) - 1]).toBe("      {");
  const odd = `{"log":{"version":"\\"entries\\"",\n"pages":[{"entries":[{}]}],"entries":\n[\n${JSON.stringify(entry({ text: TEXT }))}]}}`;
  expect((await readStreams(har, [odd])).streams[0]?.head.place?.line).toBe(4);
});

describe.each(chunkings)("arriving $name", ({ cut }) => {
  test("each stream has its report, and the text of all is shown", async () => {
    const input = Buffer.from(archive(entry({ text: answer("one") }), entry({ text: answer("two") })));
    const { stdout } = await run(["--json"], { stdin: cut(input) });
    expect(parseRecords(stdout)).toMatchObject([
      { framing: "har", verdict: "completed", responses: [{ text: "one" }], stream: { skippedAnswers: 0 } },
      { framing: "har", verdict: "completed", responses: [{ text: "two" }] },
    ]);
  });
});

describe("what is no HAR file is refused with what to do", () => {
  test.each([
    ["one that is cut", archive(entry({ text: TEXT })).slice(0, -9), "is not one whole JSON document"],
    ["one without entries", '{"log":{"version":"1.2"}}', "it has no log.entries"],
    ["something else", "[]", "it has no log.entries"],
    ["nothing", "", "is not one whole JSON document"],
  ])("%s", async (_, input, message) => {
    const refusal = await refusalOf(har, input);
    expect(refusal).toContain(message);
    expect(refusal).toContain("check whether the file is complete, or set --framing");
  });

  test("in the command, with exit code 2", async () => {
    const { exitCode, stderr } = await run(["-"], { stdin: ['{"log":{"version":"1.2"}}'] });
    expect(stderr).toContain("this is not a HAR file");
    expect(exitCode).toBe(2);
  });

  test.each(chunkings)("one over the limit, $name", async ({ cut }) => {
    const input = Buffer.from(archive(entry({ text: TEXT })));
    const { exitCode, stdout } = await run(["--json", "--max-event-size", "1K"], { stdin: cut(input) });
    expect(stdout).toContain("the HAR file is larger than 1024 bytes and can only be read whole");
    expect(exitCode).toBe(2);
  });
});

test("an interrupt while it is read is no fault of the file", async () => {
  const { exitCode, stderr } = await run(["-"], { stdin: [archive().slice(0, 30)], interrupt: AbortSignal.abort() });
  expect(stderr).toContain("interrupted");
  expect(exitCode).toBe(130);
});

test("a body that is a bomb is not decompressed beyond the limit", async () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 24)).toString("base64");
  const { streams } = await readStreams(har, [archive(entry({ text: bomb, encoding: "base64" }))], 2 ** 20);
  expect(streams[0]?.body.length).toBeLessThan(2 ** 20 + 2 ** 16);
});

test("all bodies together are not decompressed beyond the limit", async () => {
  const bomb = brotliCompressSync(Buffer.from(`data: ${"x".repeat(2 ** 20)}\n\n`)).toString("base64");
  const entries = Array.from({ length: 8 }, () =>
    entry(
      { text: bomb, encoding: "base64" },
      withHeaders({ "content-encoding": "br", "content-type": "text/event-stream" }),
    ),
  );
  const { streams } = await readStreams(har, [archive(...entries)], 2 ** 30, 2.5 * 2 ** 20);
  expect(streams.reduce((bytes, { body }) => bytes + body.length, 0)).toBe(2.5 * 2 ** 20);
  expect(streams).toHaveLength(8);
});
