import { expect, test } from "vitest";
import { createStreamTimer } from "../../src/timing/stream-timer.ts";

const event = {
  type: "event",
  event: "e",
  data: "",
  lastEventId: "",
  index: 0,
  line: 1,
  offset: 0,
  length: 1,
} as const;

function timerOf(times: readonly (number | null)[]) {
  const timer = createStreamTimer();
  for (const atMs of times)
    timer.read({ event, eventType: "e", atMs, facts: [{ type: "data-received", data: "four" }] });
  return timer;
}

test("A stream without times has no timing.", () => {
  expect(timerOf([null, null]).report(null)).toBeNull();
});

test("A stream that is part of a source has the times of its events, but not those of the source.", () => {
  expect(timerOf([10, 30]).report(null)).toMatchObject({
    connectMs: null,
    ttfbMs: null,
    firstEventMs: 10,
    totalMs: 30,
    heldBackMs: 0,
    slices: { sliceMs: 1 },
  });
});

test("The first byte of a server is its response headers, and of a pipe its first bytes.", () => {
  const opening = { connectMs: 3, tlsMs: 5, headMs: 9 };
  const arrival = { opening, firstByteMs: 12, endMs: 99, heldBackMs: 0 };
  expect(timerOf([12]).report(arrival)).toMatchObject({ connectMs: 3, tlsMs: 5, ttfbMs: 9, totalMs: 99 });
  expect(timerOf([12]).report({ ...arrival, opening: null })).toMatchObject({ connectMs: null, ttfbMs: 12 });
});

test("Data that no dialect reads counts in slices.", () => {
  expect(timerOf([0, 1]).report(null)?.slices?.characters).toEqual([4, 4]);
});

test("Text counts in slices by its characters; other facts do not count.", () => {
  const timer = createStreamTimer();
  const place = { response: 0, item: 0, part: 0 };
  timer.read({ event, eventType: "e", atMs: 0, facts: [{ type: "text-delta", ...place, text: "abc" }] });
  timer.read({ event, eventType: "e", atMs: 1, facts: [{ type: "part-end", ...place, kind: null }] });
  expect(timer.report(null)?.slices?.characters).toEqual([3, 0]);
});

test("Events without times are not counted, and a source without events has its own times.", () => {
  const arrival = { opening: null, firstByteMs: 12, endMs: 99, heldBackMs: 7 };
  expect(timerOf([null, null]).report(arrival)).toMatchObject({
    ttfbMs: 12,
    firstEventMs: null,
    reads: { count: 0 },
    totalMs: 99,
    heldBackMs: 7,
  });
});
