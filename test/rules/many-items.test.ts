// One event can end very many items: the work must grow with their number, not with its square.
import { ollama } from "../../src/dialects/ollama/ollama.ts";
import { expect, test } from "vitest";
import { callInTurn } from "../../src/model/call-in-turn.ts";
import type { Fact } from "../../src/model/facts.ts";
import type { Reading } from "../../src/model/reading.ts";
import { createItemLedger } from "../../src/rules/watching/item-ledger.ts";
import { textRules } from "../../src/rules/general/texts.ts";

const ITEMS = 2000;
const MOST_LOOKS_AT_A_FACT = 20;

/** A reading that ends this many items, and how often its facts were read. */
function endingMany(): { readonly reading: Reading; readonly looks: () => number } {
  let looks = 0;
  const facts: Fact[] = [];
  for (let item = 0; item < ITEMS; item += 1) {
    const snapshot = { id: null, type: "function_call", status: null };
    facts.push({ type: "tool-input-delta", response: 0, item, part: 0, text: "{}", late: true });
    facts.push({ type: "item-end", response: 0, item, snapshot });
  }
  const counted = new Proxy(facts, {
    get(target, key, receiver) {
      looks += 1;
      const value: unknown = Reflect.get(target, key, receiver);
      return value;
    },
  });
  const event = { type: "event", event: "message", data: "", lastEventId: "", index: 0, line: 1, offset: 0, length: 0 };
  const reading = {
    event: { ...event, type: "event" },
    dialect: ollama,
    payload: { type: "text" },
    eventType: "message",
    sequenceNumber: null,
    facts: counted,
    foreignDialect: null,
    wrapped: false,
    atMs: null,
    pending: false,
    stray: false,
  } as const;
  return { reading, looks: () => looks };
}

test("The ledger reads each fact a few times", () => {
  const { reading, looks } = endingMany();
  createItemLedger().read(reading);
  expect(looks()).toBeGreaterThan(ITEMS);
  expect(looks()).toBeLessThan(reading.facts.length * MOST_LOOKS_AT_A_FACT);
});

test("The rules on texts read each fact a few times", () => {
  const { reading, looks } = endingMany();
  const ledger = createItemLedger();
  const watcher = textRules.watch(() => {}, {
    profile: "openai",
    stallMs: 10_000,
    transcript: { textOf: () => null, hasText: () => false },
    ledger,
  });
  ledger.read(reading);
  callInTurn([watcher]).read(reading);
  expect(looks()).toBeGreaterThan(ITEMS);
  expect(looks()).toBeLessThan(reading.facts.length * MOST_LOOKS_AT_A_FACT);
});
