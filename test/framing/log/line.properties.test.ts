// Properties of every line of every log.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksLikeLog } from "../../../src/framing/log/detect.ts";
import { readLogLine } from "../../../src/framing/log/line.ts";
import { readLine } from "./support.ts";
import { tried } from "../../support/exhaustive.ts";

const RUNS = tried(200, 1000);
const ESC = "\u001B";
const LEAST_TIME = Date.UTC(1980, 0);
const MOST_TIME = Date.UTC(2100, 0);
const DAY_MS = 86_400_000;
/** Half of the last digit's value in a double of this size, in ms. */
const PRECISION = 0.0005;

/** A prefix of a line, and the values to be read from it. */
interface Prefix {
  readonly text: string;
  readonly origin: string;
  readonly atMs: number | null;
}

const names = fc
  .stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/)
  .filter((name) => !/^(?:trace|debug|info|notice|warn|warning|error|fatal|critical)$/.test(name));
const instants = fc.integer({ min: LEAST_TIME, max: MOST_TIME });

/** A time with this number of decimals of a second. */
function timeOf(ms: number, nanoseconds: number, digits: number): { text: string; atMs: number } {
  const fraction = String(nanoseconds).padStart(6, "0");
  const text = new Date(ms)
    .toISOString()
    .replace("Z", fraction)
    .slice(0, "2024-01-01T00:00:00.".length + digits);
  return { text, atMs: Math.floor(ms / 1000) * 1000 + Number(`0${text.slice(text.indexOf("."))}`) * 1000 };
}

const times = fc
  .tuple(instants, fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 9 }))
  .map((parts) => timeOf(...parts));
const datedTimes: fc.Arbitrary<{ text: string; atMs: number }> = fc.oneof(
  times.map(({ text, atMs }) => ({ text: `${text}Z`, atMs })),
  times.map(({ text, atMs }) => ({ text: text.replace("T", " ").replace(".", ","), atMs })),
  times.map(({ text, atMs }) => ({ text: `[${text}+00:00]`, atMs })),
  times.map(({ text, atMs }) => ({ text: `${text.replaceAll("-", "/")}-0100`, atMs: atMs + 3_600_000 })),
);
const clocks = fc
  .integer({ min: 0, max: DAY_MS - 1 })
  .map((atMs) => ({ text: new Date(atMs).toISOString().slice(11, 23), atMs }));

const timed: fc.Arbitrary<Prefix> = fc
  .oneof(datedTimes, clocks)
  .map(({ text, atMs }) => ({ text: `${text} `, origin: "", atMs }));
const named: fc.Arbitrary<Prefix> = fc.oneof(
  fc
    .tuple(names, fc.integer({ min: 1, max: 9 }))
    .map(([name, width]) => ({ text: `${name}${" ".repeat(width)}| `, origin: name, atMs: null })),
  names.map((name) => ({ text: `${ESC}[36m${name}  | ${ESC}[0m`, origin: name, atMs: null })),
  fc
    .tuple(names, names)
    .map(([pod, app]) => ({ text: `[pod/${pod}/${app}] `, origin: `pod/${pod}/${app}`, atMs: null })),
);
const containers: fc.Arbitrary<Prefix> = fc
  .tuple(times, fc.constantFrom("stdout F ", "stderr F ", "00O ", "a1E ", ""))
  .map(([{ text, atMs }, output]) => ({ text: `${text}Z ${output}`, origin: "", atMs }));
const programs: fc.Arbitrary<Prefix> = fc
  .tuple(times, names, names, fc.nat())
  .map(([{ text, atMs }, host, name, process]) => ({
    text: `${text}Z ${host} ${name}[${process}]: `,
    origin: `${host} ${name}[${process}]`,
    atMs,
  }));
const steps: fc.Arbitrary<Prefix> = fc
  .tuple(
    fc.stringMatching(/^[A-Z][\w :/(){}é]{0,30}$/),
    fc.stringMatching(/^[A-Z][\w :é-]{0,30}$/),
    fc.constantFrom("", "\uFEFF"),
    times,
  )
  .map(([job, step, mark, { text, atMs }]) => ({
    text: `${job}\t${step}\t${mark}${text}Z `,
    origin: `${job} / ${step}`,
    atMs,
  }));
const outer = fc.oneof(timed, named, containers, programs, steps);
const nothing: fc.Arbitrary<Prefix> = fc.constant({ text: "", origin: "", atMs: null });
/** Up to three nested prefixes; a clock within a date is ignored. */
const prefixes = fc
  .tuple(
    outer,
    fc.oneof(named, nothing),
    fc.oneof(
      datedTimes.map(({ text, atMs }) => ({ text: `${text} `, origin: "", atMs })),
      nothing,
    ),
  )
  .map((parts) => ({
    text: parts.map(({ text }) => text).join(""),
    origin: parts
      .map(({ origin }) => origin)
      .filter((origin) => origin !== "")
      .join(" / "),
    atMs: parts.findLast(({ atMs }) => atMs !== null)?.atMs ?? null,
  }));

const fields = fc
  .tuple(fc.constantFrom("data:", "data: ", "event: ", "id: ", "retry: ", ":", ": "), fc.uint8Array({ maxLength: 80 }))
  .map(([name, value]) =>
    Buffer.concat([Buffer.from(name), value.filter((byte) => byte !== 0x0a && byte !== 0x0d && byte !== 0x1b)]),
  );
const streamLines = fc.oneof({ weight: 5, arbitrary: fields }, { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) });

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

test("a line of a stream is read byte for byte after any prefix, with its origin and time", () => {
  fc.assert(
    fc.property(prefixes, streamLines, fc.constantFrom("", "\r"), (prefix, line, end) => {
      const read = readLine(Buffer.concat([Buffer.from(prefix.text), line, Buffer.from(end)]));
      expect({ kind: read.kind, origin: read.origin, content: hex(read.content) }).toEqual({
        kind: "content",
        origin: prefix.origin,
        content: hex(line),
      });
      expect(read.atMs === null).toBe(prefix.atMs === null);
      expect(Math.abs((read.atMs ?? 0) - (prefix.atMs ?? 0))).toBeLessThan(PRECISION);
    }),
    { numRuns: RUNS * 5 },
  );
});

test("a bare line of a stream is its own content", () => {
  fc.assert(
    fc.property(fields, (line) => {
      const read = readLine(line);
      expect({ ...read, content: hex(read.content) }).toMatchObject({
        kind: "content",
        origin: "",
        atMs: null,
        continues: false,
        isPartial: false,
        content: hex(line),
      });
    }),
    { numRuns: RUNS },
  );
});

/** Parts from which logs are made, in any order. */
const tokens = fc.oneof(
  fc.constantFrom(
    ESC,
    "[",
    "[0m",
    "]",
    "_bk;t=1",
    "\u0007",
    "\\",
    "\t",
    " ",
    "  ",
    "\r",
    "|",
    "<",
    ">",
    "-",
    "+",
    "P",
    "F",
  ),
  fc.constantFrom("2024-01-01", "T", "00:00:00", ".5", "Z", "+01", "Jan  1 ", "1700000000", "<34>", "1 ", "a", "é"),
  fc.constantFrom("stdout ", "00O", "01E+", "[pod/", "INFO", ":", "a.b:", "data:", "event: ", "section_end:1:a"),
  fc.constantFrom("##[", "[command]", "HTTP/1.1 200", "curl ", "* ", "{ "),
);
const anyLine = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.array(tokens, { maxLength: 40 }).map((texts) => Buffer.from(texts.join(""))),
);

describe("of any bytes", () => {
  test("a line is read without an exception, and its text is part of it", () => {
    fc.assert(
      fc.property(anyLine, fc.nat(20), fc.nat(20), (bytes, before, after) => {
        const start = Math.min(before, bytes.length);
        const end = Math.max(start, bytes.length - after);
        const line = readLogLine(bytes, start, end);
        expect(line.start).toBeGreaterThanOrEqual(start);
        expect(line.end).toBeGreaterThanOrEqual(line.start);
        expect(line.end).toBeLessThanOrEqual(end);
        expect(line.restStart).toBeGreaterThanOrEqual(start);
        expect(line.restStart).toBeLessThanOrEqual(end);
        expect(line.atMs === null || Number.isFinite(line.atMs)).toBe(true);
      }),
      { numRuns: RUNS * 5 },
    );
  });

  test("a line is read the same at any position", () => {
    fc.assert(
      fc.property(anyLine, (bytes) => {
        const alone = readLogLine(bytes, 0, bytes.length);
        const { content: _, ...among } = readLine(bytes);
        expect(among).toEqual(alone);
      }),
      { numRuns: RUNS * 5 },
    );
  });

  test("detection never throws, and decides in the end", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 5 }), (lines) => {
        const text = Buffer.from(lines.map((line) => line.toString("latin1")).join("\n"), "latin1");
        const whole = looksLikeLog(text, true);
        expect(whole).not.toBeNull();
        expect(looksLikeLog(text, false) ?? whole).toBe(whole);
      }),
      { numRuns: RUNS },
    );
  });
});
