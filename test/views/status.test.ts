import { expect, test } from "vitest";
import { generic } from "../../src/dialects/generic/generic.ts";
import type { Fact, TextDelta } from "../../src/model/facts.ts";
import type { Reading } from "../../src/model/reading.ts";
import { createStatus } from "../../src/views/status.ts";

function readingOf(index: number, fact: Fact): Reading {
  const data = "{}";
  return {
    event: { type: "event", event: "delta", data, lastEventId: "", index, line: 1, offset: 0, length: 2 },
    dialect: generic,
    payload: { type: "object", value: {} },
    eventType: "delta",
    sequenceNumber: null,
    facts: [fact],
    foreignDialect: null,
    wrapped: false,
    atMs: null,
    pending: false,
    stray: false,
  };
}

function startOf(item: number, name: string): Reading {
  const snapshot = { id: null, type: "tool_call", status: null, name };
  return readingOf(item, { type: "item-start", response: 0, item, snapshot });
}

function deltaOf(item: number): TextDelta {
  return { type: "tool-input-delta", response: 0, item, part: 0, text: "x" };
}

test("The current item is that of the last delta, also if many were read at once.", () => {
  const status = createStatus(() => 1000);
  const { watching } = status;
  for (const reading of [startOf(0, "find"), startOf(1, "save")]) watching.read?.(reading);
  const [first, second] = [readingOf(2, deltaOf(0)), readingOf(3, deltaOf(1))];
  watching.read?.(first);
  watching.read?.(second);
  const text = { utf8: null, length: 3, characters: 3, toString: () => "xyz" };
  const last = { index: 6, line: 1, offset: 0 };
  watching.stretch?.({
    like: first,
    delta: deltaOf(0),
    text,
    events: 3,
    lines: 6,
    bytes: 60,
    last,
    sequenceNumber: null,
  });
  expect(status.describe(1000).split("  ")).toContain("find");
});
