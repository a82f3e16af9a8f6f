// When the first event about an item arrives, in every dialect.
import { describe, expect, test } from "vitest";
import { traitsNamed } from "../../src/dialects/traits-named.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { ItemReport } from "../../src/model/report.ts";
import { createCollector } from "../../src/report/collect.ts";
import { chosenFixtures } from "../support/fixtures.ts";
import { streamsOf } from "../support/streams-of.ts";

const STEP_MS = 10;

/** The reported items of readings that arrived every 10 ms; `isTimed`: whether their times are known. */
function itemsOf(readings: readonly Reading[], isTimed: boolean): ItemReport[] {
  const collector = createCollector();
  for (const [index, reading] of readings.entries()) {
    collector.read?.({ ...reading, atMs: isTimed ? index * STEP_MS : null });
  }
  return collector.responses().flatMap(({ items }) => items);
}

/** When the first fact about each item came, in the order of items. */
function firstTimes(readings: readonly Reading[]): number[] {
  const times = new Map<string, { order: readonly [number, number]; atMs: number }>();
  for (const [index, { facts }] of readings.entries()) {
    for (const fact of facts) {
      // An item without a start event begins with its first content.
      if (!("item" in fact) || fact.type === "part-start") continue;
      const key = `${fact.response} ${fact.item}`;
      if (!times.has(key)) times.set(key, { order: [fact.response, fact.item], atMs: index * STEP_MS });
    }
  }
  return [...times.values()].sort(({ order: [a, b] }, { order: [c, d] }) => a - c || b - d).map(({ atMs }) => atMs);
}

describe("The time of an item is that of the first event about it", () => {
  test.each(chosenFixtures.map(({ name, bytes }) => [name, bytes] as const))("in %s", async (name, bytes) => {
    for (const { dialect, readings } of await streamsOf(name, bytes)) {
      const items = itemsOf(readings, true);
      expect(items.map(({ firstEventMs }) => firstEventMs)).toEqual(firstTimes(readings));
      const calls = traitsNamed(dialect)?.toolCalls.items;
      const untimed = items.filter(({ type, firstEventMs }) => calls?.test(type) && firstEventMs === undefined);
      expect(untimed).toEqual([]);
      expect(itemsOf(readings, false).filter((item) => "firstEventMs" in item)).toEqual([]);
    }
  });
});
