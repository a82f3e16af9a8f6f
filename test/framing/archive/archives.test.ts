// A capture gives the same records in a recording as by itself.
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../src/framing/archive/recorders/cassette.ts";
import { har } from "../../../src/framing/archive/har/har.ts";
import { recorders } from "../../../src/framing/archive/recorders/index.ts";
import { fixtures } from "../../support/fixtures.ts";
import { readSse } from "../support/read-records.ts";
import { readStreams } from "../support/read-streams.ts";

const captures = fixtures.filter(({ name }) => name.endsWith(".sse"));
const TYPE = "text/event-stream";

function asHar(bytes: Uint8Array): string {
  const content = { mimeType: TYPE, text: Buffer.from(bytes).toString("base64"), encoding: "base64" };
  return JSON.stringify({ log: { version: "1.2", entries: [{ request: {}, response: { status: 200, content } }] } });
}

function asCassette(bytes: Uint8Array): string {
  const response = { status: { code: 200 }, headers: { "Content-Type": [TYPE] }, body: { string: bytes } };
  return stringify({ interactions: [{ request: {}, response }], version: 1 }, { version: "1.1" });
}

const REQUEST = { method: "POST", url: "https://api.example/v1/responses", headers: {}, body: "{}" };

/** How other recorders write it: as text if it is valid UTF-8, else encoded. */
const WRITERS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  httpmock: (bytes) =>
    `when:\n  path: /\nthen:\n  header:\n  - name: content-type\n    value: ${TYPE}\n  body: ${base64(bytes)}\n  body_encoding: base64\n`,
  mastra: (bytes) =>
    JSON.stringify([
      { hash: "1", request: REQUEST, response: { status: 200, headers: HEADERS, chunks: [textOf(bytes)] } },
    ]),
  nock: (bytes) =>
    JSON.stringify([
      {
        scope: "https://a",
        method: "POST",
        path: "/",
        status: 200,
        response: Buffer.from(bytes).toString("hex"),
        rawHeaders: HEADERS,
      },
    ]),
  "req-llm": (bytes) =>
    JSON.stringify({
      chunks: thirds(bytes).map((piece) => ({ b64: base64(piece) })),
      request: REQUEST,
      response: { status: 200, headers: HEADERS },
    }),
  "request-response": (bytes) =>
    JSON.stringify({
      request: REQUEST,
      response: { status: { code: 200 }, headers: HEADERS, body: `base64:${base64(bytes)}` },
    }),
  wiremock: (bytes) =>
    stringify({
      request: { urlPath: "/", method: "POST" },
      response: { status: 200, headers: HEADERS, base64Body: base64(bytes) },
    }),
};

const HEADERS = [{ name: "content-type", value: TYPE }];

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function thirds(bytes: Uint8Array): readonly Uint8Array[] {
  const third = Math.ceil(bytes.length / 3);
  return [0, 1, 2].map((index) => bytes.subarray(index * third, (index + 1) * third));
}

describe.each(recorders.filter(({ name }) => name in WRITERS))("In a file of $name", (framing) => {
  const few = captures.filter(({ bytes }, index) => index % 20 === 0 && Buffer.from(textOf(bytes)).equals(bytes));

  test.each(few)("$name is the same", async ({ bytes }) => {
    const { streams } = await readStreams(framing, [WRITERS[framing.name]?.(bytes) ?? ""]);
    expect(streams.map(({ records }) => records)).toEqual([readSse(bytes)]);
  });
});

describe.each(captures)("$name", ({ bytes }) => {
  test.each([
    { framing: har, write: asHar },
    { framing: cassette, write: asCassette },
  ])("is the same in a recording of the framing $framing.name", async ({ framing, write }) => {
    const { streams } = await readStreams(framing, [write(bytes)]);
    expect(streams.map(({ records }) => records)).toEqual([readSse(bytes)]);
  });
});
