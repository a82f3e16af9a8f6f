import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { nock } from "../../../../src/framing/archive/recorders/nock.ts";
import { bodiesOf, read, STREAM, TEXT } from "../support/recording.ts";

const recorded = (response: unknown, rawHeaders: unknown = STREAM) => [
  {
    scope: "https://api.example:443",
    method: "post",
    path: "/v1/responses?key=abc",
    status: 200,
    response,
    rawHeaders,
  },
];

const zipped = gzipSync(TEXT);

describe("nock", () => {
  test.each([
    ["text", recorded(TEXT)],
    ["headers in turn", recorded(TEXT, ["X-A", "1", "Content-Type", "text/event-stream"])],
    ["hexadecimal", recorded(Buffer.from(TEXT).toString("hex"))],
    [
      "chunks of gzip",
      recorded([zipped.subarray(0, 40).toString("hex"), zipped.subarray(40).toString("hex")], {
        ...STREAM,
        "content-encoding": "gzip",
      }),
    ],
  ])("%s", async (_, value) => {
    const { streams } = await read(nock, value);
    expect(streams).toMatchObject([
      {
        body: TEXT,
        head: {
          framing: "nock",
          http: { status: 200, contentType: "text/event-stream" },
          place: { name: "POST https://api.example/v1/responses", line: 1 },
        },
      },
    ]);
  });

  test("an array that was parsed, if it was asked for as a stream", async () => {
    const [exchange] = recorded([{ candidates: [] }, { candidates: [] }], { "content-type": "application/json" });
    const value = [{ ...exchange, path: "/v1/models/m:streamGenerateContent" }];
    expect(await bodiesOf(nock, value)).toEqual(['[{"candidates":[]},{"candidates":[]}]']);
  });

  test("responses that are none are counted", async () => {
    expect(await read(nock, [...recorded({ a: 1 }, {}), ...recorded(TEXT), 7, null])).toMatchObject({
      streams: [{ body: TEXT }],
      skippedAnswers: 3,
    });
  });
});
