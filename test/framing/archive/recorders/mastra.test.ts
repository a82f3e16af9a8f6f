import { describe, expect, test } from "vitest";
import { mastra } from "../../../../src/framing/archive/recorders/mastra.ts";
import { read, STREAM, TEXT, URL } from "../support/recording.ts";

const recorded = (response: object) => [
  { hash: "1", request: { url: URL, method: "POST" }, response: { status: 200, headers: STREAM, ...response } },
];

const chunks = ["data: 1\n\n", "data: 2\n\ndata:", " 3\n\n"];

describe("Mastra's recorder", () => {
  test("gives chunks the times that they came at", async () => {
    const { streams } = await read(mastra, recorded({ chunks, chunkTimings: [5, 10, 20] }));
    expect(streams[0]?.body).toBe(chunks.join(""));
    expect(streams[0]?.times).toEqual([5, 15, 35, 35]);
  });

  test.each([
    ["no times", undefined],
    ["a time that is none", [5, "x"]],
    ["a time before the last", [5, -1, 2]],
    ["too few times", [5]],
  ])("has no time where there is none: %s", async (_, chunkTimings) => {
    const { streams } = await read(mastra, recorded({ chunks, chunkTimings }));
    expect(streams[0]?.body).toBe(chunks.join(""));
    expect(streams[0]?.times.at(-1)).toBeNull();
  });

  test("keeps whole bodies, too, and may name the recording", async () => {
    const recordings = [...recorded({ body: TEXT }), ...recorded({ headers: {}, body: { id: 1 } })];
    expect(await read(mastra, { meta: { name: "a" }, recordings })).toMatchObject({
      streams: [{ body: TEXT }],
      skippedAnswers: 1,
    });
  });
});
