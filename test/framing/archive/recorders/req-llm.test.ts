import { describe, expect, test } from "vitest";
import { reqLlm } from "../../../../src/framing/archive/recorders/req-llm.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { BASE64, bodiesOf, read, STREAM, TEXT, URL } from "../support/recording.ts";

const FRAMES = Buffer.from(fixtureNamed("aws-eventstream/converse-text.bin").bytes);
const FRAMES_TYPE = { "content-type": "application/vnd.amazon.eventstream" };

const recorded = (more: object, headers: object = STREAM) => ({
  request: { method: "POST", url: URL, canonical_json: {} },
  response: { status: 200, headers, body: null },
  ...more,
});

describe("req_llm", () => {
  test.each([
    ["chunks", recorded({ chunks: [{ b64: BASE64.slice(0, 40) }, { b64: BASE64.slice(40) }] })],
    ["chunks of text, as in old fixtures", recorded({ chunks: [TEXT.slice(0, 9), TEXT.slice(9)] })],
    ["events", recorded({ events: [{ type: "status", value: 200 }, { type: "data", b64: BASE64 }, { type: "done" }] })],
    ["a whole body", recorded({ response: { status: 200, headers: STREAM, body: { b64: BASE64 } } })],
    ["a whole body of text", recorded({ response: { status: 200, headers: STREAM, body: TEXT } })],
  ])("%s", async (_, value) => {
    expect(await bodiesOf(reqLlm, value)).toEqual([TEXT]);
  });

  test("frames are at the chunk in which they begin", async () => {
    const cuts = [0, 100, 101, 500, FRAMES.length];
    const chunks = cuts.slice(1).map((end, index) => ({ b64: FRAMES.subarray(cuts[index], end).toString("base64") }));
    const text = JSON.stringify(recorded({ chunks }, FRAMES_TYPE), null, 1);
    const { streams } = await read(reqLlm, text);
    const events = streams[0]?.records.filter((record) => record.type === "event") ?? [];
    expect(events.length).toBeGreaterThan(3);
    for (const { line, offset } of events) {
      const chunk = cuts.findLastIndex((start) => start <= offset);
      const place = streams[0]?.head.placeOfLine?.(line);
      expect(text.slice(place?.offset).startsWith(`"${chunks[chunk]?.b64}"`)).toBe(true);
      expect(text.slice(0, place?.offset).split("\n")).toHaveLength(place?.line ?? 0);
    }
  });
});
