import { expect, test } from "vitest";
import { createCallPlan } from "../../src/model/call-plan.ts";
import type { Fact } from "../../src/model/facts.ts";
import type { Listener } from "../../src/model/listener.ts";

const DELTA: Fact = { type: "text-delta", response: 0, item: 0, part: 0, text: "a" };

function doNothing(): void {}

const LISTENERS: readonly Listener[] = [
  { facts: { "text-delta": doNothing, "*-delta": doNothing } },
  { read: doNothing, end: doNothing },
  { payloads: { ping: doNothing }, read: doNothing },
];

test("a plan names calls by the places of the listeners, with the handler for texts of every kind first", () => {
  expect(createCallPlan(LISTENERS).kindOf([DELTA], "ping").calls).toEqual([
    { of: "fact", place: 0, at: 0, handler: "*-delta" },
    { of: "fact", place: 0, at: 0, handler: "text-delta" },
    { of: "event", place: 1 },
    { of: "payload", place: 2, type: "ping" },
    { of: "event", place: 2 },
  ]);
});

test("events of one kind have one plan, and those of another kind have another number", () => {
  const plan = createCallPlan(LISTENERS);
  expect(plan.kindOf([DELTA], null)).toBe(plan.kindOf([{ ...DELTA, text: "b" }], null));
  expect(plan.kindOf([], null).number).not.toBe(plan.kindOf([DELTA], null).number);
});

test("the number of remembered kinds is limited, and others are planned each time", () => {
  const plan = createCallPlan(LISTENERS);
  for (let kind = 0; kind < 1000; kind += 1) plan.kindOf([], `type ${kind}`);
  const { number, calls } = plan.kindOf([DELTA], "one more");
  expect(number).toBeNull();
  expect(calls).toHaveLength(4);
});

test("a plan knows which listeners have a method", () => {
  expect(createCallPlan(LISTENERS).with).toEqual({ bytes: [], record: [], defect: [], stretch: [], end: [1] });
});
