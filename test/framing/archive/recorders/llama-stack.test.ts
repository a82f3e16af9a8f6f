import { describe, expect, test } from "vitest";
import { llamaStack } from "../../../../src/framing/archive/recorders/llama-stack.ts";
import { bodiesOf, read, URL } from "../support/recording.ts";

const recorded = (response: object) => ({
  test_id: "a",
  request: { method: "POST", url: URL, endpoint: "/v1/responses" },
  response: { is_streaming: true, ...response },
});

const typed = (value: unknown) => ({ __type__: "a.B", __data__: value });

describe("Llama Stack", () => {
  test("gives the objects of chunks, each at its place", async () => {
    const text = JSON.stringify(recorded({ body: [typed({ a: 1 }), typed({ b: [2] }), { c: 3 }] }), null, 2);
    const { streams } = await read(llamaStack, text);
    expect(streams[0]).toMatchObject({
      body: '{"a":1}\n{"b":[2]}\n{"c":3}\n',
      head: { wrapping: "ndjson", http: null },
    });
    const places = [1, 2, 3].map((line) =>
      text.slice(streams[0]?.head.placeOfLine?.(line).offset).replaceAll(/\s/g, ""),
    );
    expect(places[0]).toMatch(/^\{"a":1\}/);
    expect(places[1]).toMatch(/^\{"b":\[2\]\}/);
    expect(places[2]).toMatch(/^\{"c":3\}/);
  });

  test("gives lines", async () => {
    expect(await bodiesOf(llamaStack, recorded({ body: ["event: a", "data: 1", ""] }))).toEqual([
      "event: a\ndata: 1\n\n",
    ]);
  });

  test("keeps what was not streamed", async () => {
    expect(await read(llamaStack, recorded({ is_streaming: false, body: typed({ a: 1 }) }))).toMatchObject({
      skippedAnswers: 1,
    });
  });
});
