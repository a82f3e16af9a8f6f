// A capture gives the same records in a recording as by itself.
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { cassette } from "../../../src/framing/archive/recorders/cassette.ts";
import { har } from "../../../src/framing/archive/har.ts";
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

describe.each(captures)("$name", ({ bytes }) => {
  test.each([
    { framing: har, write: asHar },
    { framing: cassette, write: asCassette },
  ])("is the same in a recording of the framing $framing.name", async ({ framing, write }) => {
    const { streams } = await readStreams(framing, [write(bytes)]);
    expect(streams.map(({ records }) => records)).toEqual([readSse(bytes)]);
  });
});
