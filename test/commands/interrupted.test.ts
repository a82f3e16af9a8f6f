// Ctrl-C while an input with several streams is read from standard input.
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { parseRecords } from "../support/read-report.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/chunks.ts";

/** Runs a command whose input has this text, and goes on without end until Ctrl-C. */
async function interruptedAfter(text: string, argv: readonly string[]) {
  const interrupt = new AbortController();
  const pieces = [text];
  const stdin = new Readable({
    read() {
      const piece = pieces.shift();
      if (piece === undefined) interrupt.abort();
      else this.push(piece);
    },
  });
  return run(argv, { stdin, interrupt: interrupt.signal });
}

const whole = answer("hey");

function record(source: string, body: string): string {
  return `${JSON.stringify({ source, body })}\n`;
}

/** The lines of two containers in turn, as kubectl prints them; the stream of each is complete in these lines. */
const log = readFileSync("fixtures/log/kubectl.log", "utf8");

describe("an interrupted input of records", () => {
  const records = record("a", whole) + record("b", whole);

  test.each([
    ["check", ["check", "--no-config", "--framing", "records", "-"]],
    ["its rows", ["check", "--no-config", "--framing", "records", "--reporter", "rows", "-"]],
    ["the program", ["--framing", "records", "--json", "-"]],
    ["stats", ["stats", "--framing", "records", "-"]],
  ])("ends %s with 130, although each record is complete", async (_, argv) => {
    expect((await interruptedAfter(records, argv)).exitCode).toBe(130);
  });

  test("ends with 130 within a record, which has no row", async () => {
    const argv = ["check", "--no-config", "--framing", "records", "--reporter", "rows", "-"];
    const { exitCode, stdout } = await interruptedAfter(records + record("c", whole).slice(0, 80), argv);
    expect(exitCode).toBe(130);
    expect(parseRecords(stdout)).not.toContainEqual(expect.objectContaining({ source: "c" }));
  });
});

describe("an interrupted log", () => {
  test("has interrupted streams, not truncated ones", async () => {
    const { exitCode, stdout } = await interruptedAfter(log.split("\n").slice(0, 20).join("\n"), ["--json", "-"]);
    expect(exitCode).toBe(130);
    const end = { interrupted: true, endedBy: "signal", exitCode: 130, verdict: "truncated", findings: [] };
    expect(parseRecords(stdout)).toMatchObject([end, end]);
  });

  test("leaves its complete streams complete", async () => {
    const { exitCode, stdout } = await interruptedAfter(log, ["check", "--no-config", "--reporter", "ndjson", "-"]);
    expect(exitCode).toBe(130);
    expect(stdout).toContain('"verdict":"completed"');
  });

  test("has no streams that stats counts as failed", async () => {
    const { exitCode, stdout } = await interruptedAfter(log.split("\n").slice(0, 20).join("\n"), [
      "stats",
      "--json",
      "-",
    ]);
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, cutShort: 2 });
  });
});
