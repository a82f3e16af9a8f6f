import { expect, test } from "vitest";
import { generic } from "../../src/dialects/generic/generic.ts";
import { callInTurn } from "../../src/model/call-in-turn.ts";
import { createCallPlan } from "../../src/model/call-plan.ts";
import type { Fact, ItemEnd, TextDelta, TextEnd } from "../../src/model/facts.ts";
import type { Listener } from "../../src/model/listener.ts";
import type { JsonObject } from "../../src/model/payload.ts";
import type { Reading } from "../../src/model/reading.ts";

const PLACE = { response: 0, item: 0, part: 0 };
const TEXT: TextDelta = { type: "text-delta", ...PLACE, text: "a" };
const REFUSAL: TextDelta = { type: "refusal-delta", ...PLACE, text: "b" };
const END: TextEnd = { type: "text-end", ...PLACE, text: null };
const DONE: ItemEnd = { type: "item-end", response: 0, item: 0, snapshot: { id: null, type: "message", status: null } };

function readingOf(facts: readonly Fact[], value: JsonObject | null = null, name = "message"): Reading {
  return {
    event: { type: "event", event: name, data: "", lastEventId: "", index: 0, line: 1, offset: 0, length: 0 },
    dialect: generic,
    payload: value === null ? { type: "text" } : { type: "object", value },
    eventType: name,
    sequenceNumber: null,
    facts,
    foreignDialect: null,
    atMs: null,
    pending: false,
    wrapped: false,
    stray: false,
  };
}

type MakeListeners = (note: (word: string) => void) => readonly Listener[];

/** The arguments that listeners are called with, in call order; `make` gets a function that records a call. */
function callsOf(
  make: (note: (word: string) => void) => readonly Listener[],
  ...readings: readonly Reading[]
): string[] {
  const calls: string[] = [];
  const called = callInTurn(make((word) => calls.push(word)));
  for (const reading of readings) called.read(reading);
  return calls;
}

const byType: MakeListeners = (note) => [
  { facts: { "item-end": ({ type }) => note(type) } },
  { facts: { "text-end": ({ type }) => note(type) } },
  {},
];

const forEveryKind: MakeListeners = (note) => [
  {
    facts: {
      "refusal-delta": ({ text }) => note(`refusal ${text}`),
      "*-delta": ({ text }) => note(`delta ${text}`),
      "*-end": ({ type }) => note(type),
    },
  },
];

function listenerNamed(name: string, note: (word: string) => void): Listener {
  return {
    read: () => note(`${name} event`),
    payloads: { done: () => note(`${name} payload`) },
    facts: { "*-end": () => note(`${name} end`), "item-end": () => note(`${name} item`) },
  };
}

const byPayload: MakeListeners = (note) => [
  { payloads: { done: ({ id }) => note(String(id)) } },
  { payloads: { other: ({ id }) => note(`other ${String(id)}`) } },
];

const manyKinds: MakeListeners = (note) => [
  { facts: { "text-delta": ({ text }) => note(text) }, payloads: { p: ({ id }) => note(String(id)) } },
];

test("A listener gets only the facts that it names", () => {
  expect(callsOf(byType, readingOf([]), readingOf([TEXT]), readingOf([END, DONE]))).toEqual(["item-end", "text-end"]);
});

test("A handler for texts of every kind is called before the one for the specific kind", () => {
  const expected = ["delta a", "delta b", "refusal b", "text-end"];
  expect(callsOf(forEveryKind, readingOf([TEXT]), readingOf([REFUSAL]), readingOf([END]))).toEqual(expected);
});

test("Listeners are called in list order, each with the facts, then the payload, then the event", () => {
  const expected = ["end", "item", "payload", "event"];
  expect(
    callsOf(
      (note) => [listenerNamed("first", note), listenerNamed("second", note)],
      readingOf([END, DONE], { type: "done" }),
    ),
  ).toEqual(["first", "second"].flatMap((name) => expected.map((word) => `${name} ${word}`)));
});

test("A payload is found by its type or, without one, by the name of its event", () => {
  const typed = readingOf([], { type: "done", id: 1 }, "other");
  const named = readingOf([TEXT], { id: 2 }, "done");
  const unknown = [readingOf([], { type: "constructor" }), readingOf([], { type: 1 }), readingOf([], null, "done")];
  expect(callsOf(byPayload, typed, named, ...unknown)).toEqual(["1", "2"]);
});

test("An event with many facts, and events of very many kinds, are passed on like all others", () => {
  const deltas = Array.from({ length: 100 }, (_, index): Fact => ({
    type: "text-delta",
    ...PLACE,
    text: String(index),
  }));
  expect(callsOf(manyKinds, readingOf(deltas))).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
  const kinds: Fact[] = [
    TEXT,
    REFUSAL,
    END,
    DONE,
    { type: "part-start", ...PLACE, kind: null },
    { type: "keep-alive" },
  ];
  const pairs = kinds.flatMap((one) => kinds.flatMap((two) => kinds.map((three) => [one, two, three])));
  const readings = [...pairs, ...pairs].map((facts, id) => readingOf(facts, { type: "p", id }));
  const expected = readings.flatMap(({ facts }, id) => [
    ...facts.filter(({ type }) => type === "text-delta").map(() => "a"),
    String(id),
  ]);
  expect(callsOf(manyKinds, ...readings)).toEqual(expected);
});

test("a plan made for another stream calls these listeners, and skips what they do not handle", () => {
  const calls: string[] = [];
  const handlers = (word: string): Listener => ({
    facts: { "text-delta": () => calls.push(`${word} fact`) },
    read: () => calls.push(`${word} event`),
    end: () => calls.push(`${word} end`),
  });
  const plan = createCallPlan([handlers("other"), handlers("other")]);
  callInTurn([handlers("own"), { read: () => calls.push("last event") }], plan).read(readingOf([TEXT]));
  expect(calls).toEqual(["own fact", "own event", "last event"]);
});
