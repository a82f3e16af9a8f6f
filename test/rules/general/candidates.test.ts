import { describe, expect, test } from "vitest";
import { candidateRules } from "../../../src/rules/general/candidates.ts";
import { fixtures } from "../../support/fixtures.ts";
import { data } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

interface Chunk {
  readonly parts?: readonly unknown[];
  readonly finish?: string;
  readonly index?: number;
  readonly output?: number;
  readonly id?: string;
}

function chunks(...all: readonly Chunk[]): string {
  return all
    .map(({ parts, finish, index = 0, output, id = "one" }) => {
      const candidate = { content: { parts, role: "model" }, finishReason: finish, index };
      const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: output };
      return data(JSON.stringify({ candidates: [candidate], usageMetadata, responseId: id }));
    })
    .join("");
}

const text = (words: string) => [{ text: words }];

test("Nothing is found in intact Gemini streams", async () => {
  const faulty = /finish-reason-in-every-chunk/;
  const streams = fixtures.filter(({ name }) => name.startsWith("gemini/") && !faulty.test(name));
  expect(streams.length).toBeGreaterThan(15);
  for (const { bytes } of streams) expect(await found(candidateRules, bytes)).toEqual([]);
});

describe("content-after-finish", () => {
  test.each([
    [text("b")],
    [[{ text: "" }, { functionCall: { name: "a" } }]],
    [[{ inlineData: { mimeType: "image/png", data: "" }, thoughtSignature: "QQ==" }]],
  ])("is found for every chunk that has content: %j", async (parts) => {
    const [first, ...others] = await findingsOf(
      candidateRules,
      chunks({ parts: text("a"), finish: "STOP" }, { parts }),
    );
    expect(first).toMatchObject({ rule: "content-after-finish", severity: "warning", event: 1 });
    expect(first?.message).toBe("candidate 0 continues after it finished with STOP");
    expect(others).toEqual([]);
  });

  test("is not found for an empty end, another candidate, or another response", async () => {
    const stop = { parts: text("a"), finish: "STOP" };
    const ends = [{ parts: text("") }, { parts: [{ thoughtSignature: "QQ==" }] }, { parts: [] }, {}];
    const others = [
      { parts: text("b"), index: 1 },
      { parts: text("b"), id: "two", finish: "STOP" },
    ];
    for (const after of [...ends, ...others]) {
      expect(await findingsOf(candidateRules, chunks(stop, after))).toEqual([]);
    }
    expect(await findingsOf(candidateRules, chunks({ ...stop, finish: "FINISH_REASON_UNSPECIFIED" }, stop))).toEqual(
      [],
    );
  });
});

describe("finish-reason-changed", () => {
  test("is found at each change", async () => {
    const input = chunks({ finish: "STOP" }, { finish: "SAFETY" }, { finish: "SAFETY" }, { finish: "STOP" });
    expect(await findingsOf(candidateRules, input)).toMatchObject([
      { rule: "finish-reason-changed", severity: "error", event: 1, expected: "STOP", seen: "SAFETY" },
      { rule: "finish-reason-changed", severity: "error", event: 3, expected: "SAFETY", seen: "STOP" },
    ]);
  });

  test("is not found between candidates", async () => {
    expect(await findingsOf(candidateRules, chunks({ finish: "STOP" }, { finish: "SAFETY", index: 1 }))).toEqual([]);
  });
});

describe("usage-falls", () => {
  test("is found if the output has fewer tokens than before", async () => {
    const input = chunks({ output: 5 }, {}, { output: 5 }, { output: 3 }, { output: 4 }, { output: 9, finish: "STOP" });
    const [first, ...others] = await findingsOf(candidateRules, input);
    expect(first).toMatchObject({ rule: "usage-falls", severity: "warning", event: 3, seen: "3" });
    expect(first?.message).toBe("the output is 3 tokens, but was 5 in an earlier chunk");
    expect(others).toEqual([]);
  });

  test.each([
    { executableCode: { code: "1" } },
    { toolCall: { toolType: "GOOGLE_SEARCH_WEB" } },
    { toolResponse: { toolType: "GOOGLE_SEARCH_WEB" } },
  ])("is not found if a hosted tool ran: %j", async (part) => {
    expect(await findingsOf(candidateRules, chunks({ output: 5, parts: [part] }, { output: 3 }))).toEqual([]);
  });

  test("is not found from one response to the next", async () => {
    const input = chunks({ output: 5, finish: "STOP" }, { output: 3, id: "two", finish: "STOP" });
    expect(await findingsOf(candidateRules, input)).toEqual([]);
  });
});

test("Events other than chunks are not faults of a candidate", async () => {
  const input =
    chunks({ finish: "STOP", output: 3 }) + data("[1]") + data('{"candidates":[1,{"content":2}]}') + data("{");
  expect(await findingsOf(candidateRules, input)).toEqual([]);
});
