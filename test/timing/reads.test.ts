import { expect, test } from "vitest";
import { createReadMeter } from "../../src/timing/reads.ts";

function meterOf(times: readonly number[]) {
  const meter = createReadMeter();
  const gaps = times.map((atMs, event) => meter.add(event, `type-${event}`, atMs, 1));
  return { meter, gaps };
}

test("Gaps are between reads, not between events of the same read.", () => {
  const { meter, gaps } = meterOf([100, 100, 110, 140, 140, 140, 150]);
  expect(gaps).toEqual([0, 0, 10, 30, 0, 0, 10]);
  expect(meter.gaps()).toEqual({
    p50: 10,
    p95: 30,
    p99: 30,
    max: 30,
    maxAfter: { event: 2, eventType: "type-2" },
  });
  expect(meter.reads()).toEqual({ count: 4, eventsPerRead: { p50: 1, max: 3 } });
  expect([meter.firstAtMs(), meter.lastAtMs()]).toEqual([100, 150]);
});

test("Events that all arrived in one read have a longest gap of 0, and no percentiles.", () => {
  const { meter } = meterOf([5, 5, 5]);
  expect(meter.gaps()).toEqual({ p50: null, p95: null, p99: null, max: 0, maxAfter: null });
  expect(meter.reads()).toEqual({ count: 1, eventsPerRead: { p50: 3, max: 3 } });
});

test("One event has no gap, and without events there is no read.", () => {
  expect(meterOf([5]).meter.gaps().max).toBeNull();
  expect(meterOf([]).meter.gaps().max).toBeNull();
  expect(meterOf([]).meter.reads()).toEqual({ count: 0, eventsPerRead: { p50: null, max: null } });
});

test("Queries have no side effects.", () => {
  const { meter } = meterOf([1, 1, 2]);
  const first = meter.reads();
  expect(meter.reads()).toEqual(first);
});

test("Each read counts once for the median of events per read.", () => {
  expect(meterOf([1, 1, 1, 2, 2, 2, 3]).meter.reads().eventsPerRead).toEqual({ p50: 3, max: 3 });
  expect(meterOf([1, 2, 2, 2]).meter.reads().eventsPerRead).toEqual({ p50: 1, max: 3 });
});
