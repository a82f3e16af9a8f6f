import { describe, expect, test } from "vitest";
import { aiSdkData } from "../../src/framing/ai-sdk-data.ts";
import { chunkings } from "../support/chunkings.ts";
import { readUpTo } from "./support/read-records.ts";

const NO_LIMIT = 2 ** 30;
const LINE = '0:"Ebb"';

describe.each(chunkings)("ai-sdk-data, $name", ({ cut }) => {
  test("each line is an event, with its code as the type and its place", () => {
    const event = { type: "event", data: '"Ebb"', lastEventId: "" };
    expect(readUpTo(aiSdkData, NO_LIMIT, cut(Buffer.from(`${LINE}\n\noops\ng:"Ebb"`))).records).toEqual([
      { ...event, event: "0", index: 0, line: 1, offset: 0, length: LINE.length + 1 },
      { type: "stray", text: "oops", line: 3, offset: LINE.length + 2 },
      { ...event, event: "g", index: 1, line: 4, offset: LINE.length + 7, length: LINE.length },
      { type: "end", bytes: 2 * LINE.length + 7, events: 2, lastEventId: "", pending: null },
    ]);
  });

  test("a line over the limit is refused with its place", () => {
    const { records, refusal } = readUpTo(aiSdkData, LINE.length, cut(Buffer.from(`${LINE}\n0:"Ebbs"\n`)));
    expect(records).toHaveLength(1);
    expect(refusal).toContain("line 2");
  });
});

test.each([
  [LINE, true],
  ['f:{"messageId"', true],
  ["2:[", true],
  ["", null],
  ["0", null],
  ["0:", null],
  ["x", false],
  ["0: ", false],
  ["data:", false],
])("%j begins ai-sdk-data: %s", (head, fits) => {
  expect(aiSdkData.detect(Buffer.from(head), false)).toBe(fits);
});

test("a complete input shorter than a part is not ai-sdk-data", () => {
  expect(aiSdkData.detect(Buffer.from("0:"), true)).toBe(false);
});
