// The formats of times, to the last digit that a double holds.
import { expect, test } from "vitest";
import { readTime } from "../../../src/framing/log/time.ts";

const DAY_MS = 86_400_000;
const second = Date.UTC(2024, 1, 29, 3, 4, 5);

const times = [
  { text: "2024-02-29T03:04:05Z", ms: second },
  { text: "2024-02-29 03:04:05", ms: second },
  { text: "2024/02/29 03:04:05", ms: second },
  { text: "2024-02-29T03:04:05.5Z", ms: second + 500 },
  { text: "2024-02-29 03:04:05,123", ms: second + 123 },
  { text: "2024-02-29T03:04:05.1234567Z", ms: second + 123.4567 },
  { text: "2024-02-29T03:04:05.123456789Z", ms: second + 123.456789 },
  { text: "2024-02-29T03:04:05.123456789123Z", ms: second + 123.456789 },
  { text: "2024-02-29T04:04:05+01:00", ms: second },
  { text: "2024-02-29T04:34:05+0130", ms: second },
  { text: "2024-02-29T01:04:05-02", ms: second },
  { text: "2024-02-29 04:04:05.25 +0100", ms: second + 250 },
  { text: "2024-02-29 03:04:05 UTC", ms: second },
  { text: "1709175845.123456", ms: second + 123.456 },
  { text: "03:04:05", ms: 11_045_000, periodMs: DAY_MS },
  { text: "23:59:60.999999", ms: DAY_MS + 999.999, periodMs: DAY_MS },
  { text: "Jan  1 00:00:00", ms: 0, periodMs: 366 * DAY_MS },
  { text: "Feb 29 03:04:05.5", ms: 59 * DAY_MS + 11_045_500, periodMs: 366 * DAY_MS },
];

test.each(times)("$text is a time, and its end is found", ({ text, ms, periodMs = null }) => {
  for (const after of ["", " ", "]", " data: 1", " + curl", " -1"]) {
    const time = readTime(Buffer.from(text + after), 0, text.length + after.length);
    expect(time).toEqual({ ms, periodMs, end: text.length });
  }
});

test.each(["2024-02-29T03:04:05 +01", "2024-02-29T03:04:05+1", "2024-02-29T03:04:05+01:x"])(
  "%s has no zone after the time",
  (text) => {
    const end = text.indexOf("05") + "05".length;
    expect(readTime(Buffer.from(text), 0, text.length)).toMatchObject({ end: text.includes("+01:") ? end : end });
  },
);

const others = [
  "",
  "2024-02-29",
  "2024-00-01T00:00:00Z",
  "2024-01-32T00:00:00Z",
  "2024-01/01T00:00:00Z",
  "2024-01-01x00:00:00Z",
  "2024-01-01T24:00:00Z",
  "2024-01-01T00:60:00Z",
  "2024-01-01T00-00-00Z",
  "3:04:05",
  "03:04",
  "03:04:61",
  "170917584.123",
  "17091758451.123",
  "1709175845.",
  "Jan 32 03:04:05",
  "Jan  0 03:04:05",
  "Jam  1 03:04:05",
  "Jan  1 03:04",
];

test.each(others)("%j is not a time", (text) => {
  expect(readTime(Buffer.from(text), 0, text.length)).toBeNull();
});
