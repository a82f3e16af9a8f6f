import { describe, expect, test } from "vitest";
import { filterStreams, groupStreams, splitName } from "../../../src/html-report/page/grouping.ts";
import { listedWith } from "../support/detail.ts";

const failed = { tone: "bad", name: "failed", detail: "rate_limit" } as const;
const refused = { tone: "warning", name: "refused", detail: null } as const;
const streams = [
  listedWith(0, { source: "a/fine.sse", model: "model-1" }),
  listedWith(1, {
    source: "a/x.sse",
    exitCode: 3,
    cause: failed,
    reason: "Too Many",
    rules: ["in-band-error", "stall"],
  }),
  listedWith(2, { source: "b/y.sse", exitCode: 8, cause: refused, rules: ["refusal"] }),
  listedWith(3, { cause: { tone: "warning", name: "passed with warnings", detail: null }, rules: ["stall"] }),
  listedWith(4, { source: "b/z.sse", exitCode: 8, cause: refused, course: "hung: no data for 9.00 s" }),
];
const indexes = (list: readonly { readonly index: number }[]) => list.map(({ index }) => index);

describe("groups", () => {
  test("by cause: failing streams come before passing ones, and large groups before small ones", () => {
    const groups = groupStreams(streams, "cause");
    expect(groups.map(({ title, detail }) => [title, detail])).toEqual([
      ["failed", "rate_limit"],
      ["refused", null],
      ["passed with warnings", null],
      ["passed", null],
    ]);
    expect(indexes(groups[1]?.streams ?? [])).toEqual([2, 4]);
  });

  test("by rule: a stream is in the group of each of its rules", () => {
    const groups = groupStreams(streams, "rule");
    expect(groups.map(({ title }) => title)).toEqual(["stall", "in-band-error", "no findings", "refusal"]);
    expect(indexes(groups[0]?.streams ?? [])).toEqual([1, 3]);
    expect(groups[0]?.tone).toBe("bad");
  });

  test("by model, by dialect and by folder", () => {
    expect(groupStreams(streams, "model").map(({ title }) => title)).toEqual(["unknown model", "model-1"]);
    expect(groupStreams(streams, "dialect").map(({ title }) => title)).toEqual(["unknown dialect"]);
    expect(groupStreams(streams, "folder").map(({ title }) => title)).toEqual(["a/", "b/", "this folder"]);
  });
});

describe("the filter", () => {
  test("keeps streams of an outcome", () => {
    expect(indexes(filterStreams(streams, { search: "", outcome: "failing" }))).toEqual([1, 2, 4]);
    expect(indexes(filterStreams(streams, { search: "", outcome: "warnings" }))).toEqual([3]);
    expect(indexes(filterStreams(streams, { search: "", outcome: "passed" }))).toEqual([0]);
  });

  test("keeps streams that contain all words", () => {
    expect(indexes(filterStreams(streams, { search: "too  RATE", outcome: "all" }))).toEqual([1]);
    expect(indexes(filterStreams(streams, { search: "model-1", outcome: "all" }))).toEqual([0]);
    expect(indexes(filterStreams(streams, { search: "hung", outcome: "all" }))).toEqual([4]);
    expect(indexes(filterStreams(streams, { search: "model-1 nothing", outcome: "all" }))).toEqual([]);
  });
});

test.each([
  ["a/b/c.sse", "a/b/", "c.sse"],
  ["c.sse", "", "c.sse"],
  ["-", "", "-"],
  ["C:\\logs\\x.sse", "C:\\logs\\", "x.sse"],
  ["https://api.example/v1/responses/", "https://api.example/v1/", "responses/"],
])("%j is split into its folder and its last part", (name, folder, base) => {
  expect(splitName(name)).toEqual({ folder, base });
});
