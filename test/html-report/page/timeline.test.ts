import { describe, expect, test } from "vitest";
import { axisOf, drawnSilences, rowAt, tickPath, timelineOf } from "../../../src/html-report/page/timeline.ts";
import { SILENCE_MS } from "../../../src/timing/silences.ts";
import { streamTimingWith } from "../../support/timing.ts";
import { commentRow, detailWith, pingRow, textRow } from "../support/detail.ts";

const STALL_MS = 10_000;

describe("a timeline", () => {
  test("counts events if times are not known", () => {
    const { isTimed, end, at, silences } = timelineOf(
      detailWith({ rows: [textRow(0, "a"), textRow(1, "b")] }),
      STALL_MS,
    );
    expect({ isTimed, end, at, silences }).toEqual({ isTimed: false, end: 1, at: [0, 1], silences: [] });
  });

  test("has a phase for each known step of the connection", () => {
    const timing = streamTimingWith({ connectMs: 20, tlsMs: 30, ttfbMs: 300, firstEventMs: 310, totalMs: 400 });
    const { phases } = timelineOf(detailWith({ rows: [textRow(0, "a", 310)], timing }), STALL_MS);
    expect(phases).toEqual([
      { name: "connect", from: 0, to: 20 },
      { name: "TLS", from: 20, to: 50 },
      { name: "first byte", from: 50, to: 300 },
      { name: "first event", from: 300, to: 310 },
    ]);
  });

  test("has silences that comments and pings do not end, like the events view, from the first event to the end", () => {
    const rows = [
      textRow(0, "a", 2000),
      commentRow("ping", 8000),
      pingRow(1, 9000),
      textRow(2, "b", 14_000),
      textRow(3, "c", 14_000 + SILENCE_MS),
      textRow(4, "d", 14_000 + 2 * SILENCE_MS - 1),
    ];
    const timing = streamTimingWith({ totalMs: 24_000 });
    const timeline = timelineOf(detailWith({ rows, timing }), STALL_MS);
    expect(timeline.silences).toEqual([
      { from: 2000, to: 14_000, before: 3, isStall: true },
      { from: 14_000, to: 14_000 + SILENCE_MS, before: 4, isStall: false },
      { from: 14_000 + 2 * SILENCE_MS - 1, to: 24_000, before: null, isStall: false },
    ]);
    // In a picture of a minute, a pause of a second is too narrow to draw.
    expect(drawnSilences(timeline).map(({ before }) => before)).toEqual([3, null]);
  });

  test("has a lane for each item, and counts the omitted ones", () => {
    const rows = Array.from({ length: 60 }, (_, index) => textRow(index, "x", index, index % 30));
    const { lanes, moreLanes } = timelineOf(detailWith({ rows }), STALL_MS);
    expect([lanes.length, moreLanes]).toEqual([24, 6]);
    expect(lanes[3]).toEqual({ key: "0.3", label: "item 3", note: null, kind: "text", from: 3, to: 33, at: [3, 33] });
  });

  test("marks the events that errors and warnings are about", () => {
    const finding = { rule: "r", line: 1, offset: 0, expected: null, seen: null, message: "m" };
    const findings = [
      { ...finding, severity: "error" as const, event: 1 },
      { ...finding, severity: "info" as const, event: 0 },
      { ...finding, severity: "warning" as const, event: 99 },
    ];
    const rows = [textRow(0, "a", 5), textRow(1, "b", 7)];
    expect(timelineOf(detailWith({ rows, findings }), STALL_MS).findings).toEqual([{ row: 1, at: 7, tone: "bad" }]);
  });
});

test.each([
  [18_276, 8, [0, 5000, 10_000, 15_000]],
  [3, 8, [0, 1, 2, 3]],
  [1, 1, [0, 1]],
])("the axis of %d has at most %d ticks, at round values", (end, most, places) => {
  expect(axisOf(end, most)).toEqual(places);
});

test.each([
  [-5, 0],
  [0, 0],
  [9, 0],
  [10, 2],
  [99, 3],
])("at %d the row is the last one so far", (place, row) => {
  expect(rowAt([0, 10, 10, 20], place)).toBe(row);
});

test("ticks that fall on one pixel are drawn once", () => {
  const at = Array.from({ length: 50_000 }, (_, index) => index);
  const path = tickPath(at, (place) => place / 100, 0, 5);
  expect(path.split("M").length - 1).toBe(501);
});
