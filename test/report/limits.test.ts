// What a report leaves out of a stream that exceeds its limits.
import { expect, test } from "vitest";
import { TextBuffer } from "../../src/model/text-buffer.ts";
import { createCollector } from "../../src/report/collect.ts";
import { itemAt, newResponse } from "../../src/report/collected.ts";
import { reportResponse } from "../../src/report/report-response.ts";
import { createTally } from "../../src/report/tally-keeper.ts";
import { reportOf } from "../support/read-report.ts";

test("The first 1,000 event types are counted separately, all others together.", async () => {
  const events = Array.from({ length: 1003 }, (_, index) => `event: type-${index}\ndata: x\n\n`);
  const { eventTypes } = await reportOf(`${events.join("")}event: type-5\ndata: x\n\n`);
  expect(Object.keys(eventTypes)).toHaveLength(1001);
  expect(eventTypes).toMatchObject({ "type-5": 2, "type-999": 1, "(others)": 3 });
  expect(eventTypes).not.toHaveProperty("type-1000");
});

test("Bytes, events and comments are counted from zero.", () => {
  const keeper = createTally();
  expect(keeper.tally).toMatchObject({ bytes: 0, events: 0, comments: 0, pending: null });
  keeper.bytes(Buffer.alloc(3));
  keeper.bytes(Buffer.alloc(4));
  expect(keeper.tally.bytes).toBe(7);
});

/** Text of which only the first characters are kept. */
function cutText(text: string): TextBuffer {
  const cut = new TextBuffer(3);
  cut.append(text);
  return cut;
}

test("An item reports that one of its texts is cut, whichever it is.", () => {
  const response = newResponse();
  for (const [index, text] of ["whole", "first", "second", "code"].entries()) {
    itemAt(response, index, null).texts.at("text", 0).append(text);
  }
  itemAt(response, 1, null).texts.set("text", 0, cutText("first"));
  itemAt(response, 2, null).texts.set("text", 1, cutText("part"));
  itemAt(response, 3, null).texts.set("code", 0, cutText("1 + 1"));
  expect(reportResponse(response).items).toMatchObject([
    { index: 0, text: "whole" },
    { index: 1, text: "fir", cut: true },
    { index: 2, text: "secondpar", cut: true },
    { index: 3, text: "code", code: "1 +", cut: true },
  ]);
  expect(reportResponse(response).items[0]).not.toHaveProperty("cut");
});

test("Missing values of an item are left out of its report.", () => {
  const response = newResponse();
  itemAt(response, 1, null).snapshot = { id: "b", type: "message", status: null };
  itemAt(response, 0, null).snapshot = { id: "a", type: "reasoning", status: null };
  expect(reportResponse(response).items).toEqual([
    { index: 0, id: "a", type: "reasoning", status: null },
    { index: 1, id: "b", type: "message", status: null, text: "" },
  ]);
});

test("A text without deltas is unknown to the rules.", () => {
  const collector = createCollector();
  expect(collector.textOf(0, "text", 0)).toBeNull();
});
