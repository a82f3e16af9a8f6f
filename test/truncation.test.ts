// A stream that is cut anywhere is reported as cut, and shows what came until then.
import { describe, expect, test } from "vitest";
import { asObject, asObjects, asString, type JsonObject } from "../src/model/payload.ts";
import { tried } from "./support/exhaustive.ts";
import { type Fixture, fixtureNamed } from "./support/fixtures.ts";
import { run } from "./support/io.ts";

describe("hey.sse, cut anywhere", () => {
  const fixture = fixtureNamed("openai-responses/hey.sse");
  const { deltas, terminalEnd } = readMarks(fixture.bytes);

  test("says hey once, and ends with a blank line after the data of its terminal event", () => {
    expect(deltas.map(({ text }) => text)).toEqual(["hey"]);
    expect(fixture.bytes.length).toBe(4355);
    expect(terminalEnd).toBe(4353);
  });

  test("is no stream where nothing came", async () => {
    const { exitCode, report } = await inspectFirst(0, fixture);
    expect(report).toMatchObject({ verdict: "not-a-stream", exitCode: 7, responses: [], findings: [] });
    expect(exitCode).toBe(7);
  });

  test("is truncated with the text so far, up to the last byte of its terminal event's data", async () => {
    const heyEnd = deltas[0]?.end ?? 0;
    for await (const { length, run } of inspectCuts(fixture, cutsBefore(terminalEnd, { deltas, step: tried(97, 5) }))) {
      expect(summaryOf(run), `cut at byte ${length}`).toEqual({
        verdict: "truncated",
        exitCode: 5,
        text: length < heyEnd ? "" : "hey",
        usage: null,
      });
    }
  });

  test("is completed, its last event unterminated, where only the blank line after it is missing", async () => {
    for (let length = terminalEnd; length < fixture.bytes.length; length += 1) {
      const { report } = await inspectFirst(length, fixture);
      expect(report).toMatchObject({ verdict: "completed", exitCode: 0, responses: [{ text: "hey" }] });
      expect(report.findingCounts).toEqual({ "unterminated-last-event": 1 });
    }
  });

  test("is completed without a finding where nothing is missing", async () => {
    const { report } = await inspectFirst(fixture.bytes.length, fixture);
    expect(report).toMatchObject({ verdict: "completed", exitCode: 0, pending: null, findingCounts: {} });
  });
});

describe.each([
  { name: "openai-responses/several-parts.sse", step: tried(193, 19) },
  { name: "openai-responses/multi-byte.sse", step: tried(83, 11) },
  { name: "openai-responses/crlf.sse", step: tried(131, 23) },
])("$name, cut around its deltas and at each byte that $step divides", ({ name, step }) => {
  const fixture = fixtureNamed(name);
  const { deltas, terminalEnd } = readMarks(fixture.bytes);

  test("is truncated with the text so far, up to the last byte of its terminal event's data", async () => {
    const texts = new Set<unknown>();
    for await (const { length, run } of inspectCuts(fixture, cutsBefore(terminalEnd, { deltas, step }))) {
      const text = deltas
        .filter(({ end }) => end <= length)
        .map((delta) => delta.text)
        .join("");
      texts.add(text);
      expect(summaryOf(run), `cut at byte ${length}`).toEqual({ verdict: "truncated", exitCode: 5, text, usage: null });
    }
    expect(texts.size).toBe(deltas.length + 1);
  });

  test("is completed, its last event unterminated, where only the blank line after it is missing", async () => {
    const { report } = await inspectFirst(terminalEnd, fixture);
    expect(report).toMatchObject({ verdict: "completed", exitCode: 0 });
    expect(report.findingCounts).toEqual({ "unterminated-last-event": 1 });
  });
});

interface Marks {
  /** The text deltas in their order; `end` is the length of the input up to the last byte of their data. */
  readonly deltas: readonly { readonly text: string; readonly end: number }[];
  /** Length of the input up to the last byte of the terminal event's data. */
  readonly terminalEnd: number;
}

/** Reads a capture whose events have one line of data each, by lines and nothing more. */
function readMarks(bytes: Uint8Array): Marks {
  const deltas: { text: string; end: number }[] = [];
  let terminalEnd = 0;
  let end = 0;
  for (const line of Buffer.from(bytes).toString("latin1").split("\n")) {
    const data = line.replace(/\r$/, "");
    if (data.startsWith('data: {"type":"response.output_text.delta"')) {
      const text = deltaOf(Buffer.from(data.slice("data: ".length), "latin1").toString("utf8"));
      deltas.push({ text, end: end + data.length });
    } else if (data.startsWith('data: {"type":"response.completed"')) terminalEnd = end + data.length;
    end += line.length + 1;
  }
  return { deltas, terminalEnd };
}

function deltaOf(json: string): string {
  return asString(asObject(JSON.parse(json))?.delta) ?? "";
}

interface Inspected {
  readonly exitCode: number;
  readonly report: JsonObject;
}

/** Bytes around the end of something at which a stream is cut in any case. */
const MARGIN = 1;

/** Lengths before `end`: each that `step` divides, and those around the ends of the deltas and of the input. */
function cutsBefore(end: number, { deltas, step }: Pick<Marks, "deltas"> & { readonly step: number }): number[] {
  const regular = Array.from({ length: Math.ceil(end / step) - 1 }, (_, index) => (index + 1) * step);
  const around = [...deltas.map((delta) => delta.end), end].flatMap((place) =>
    Array.from({ length: 2 * MARGIN + 1 }, (_, index) => place - MARGIN + index),
  );
  return [...new Set([...regular, ...around])].filter((length) => length > 0 && length < end).sort((a, b) => a - b);
}

/** The fixture cut at each of these lengths. */
async function* inspectCuts(fixture: Fixture, lengths: readonly number[]) {
  for (const length of lengths) yield { length, run: await inspectFirst(length, fixture) };
}

/** Runs the command over the first `length` bytes. */
async function inspectFirst(length: number, { bytes }: Fixture): Promise<Inspected> {
  const { exitCode, stdout } = await run(["--json", "-"], { stdin: [bytes.subarray(0, length)] });
  return { exitCode, report: asObject(JSON.parse(stdout)) ?? {} };
}

function summaryOf({ exitCode, report: { verdict, responses } }: Inspected): JsonObject {
  const [response] = asObjects(responses);
  return { verdict, exitCode, text: response?.text ?? "", usage: response?.usage ?? null };
}
