import { describe, expect, test } from "vitest";
import { run } from "../support/io.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  functionCall,
  inProgress,
  itemAdded,
  itemDone,
  stream,
  textDelta,
  textDone,
} from "../support/stream.ts";

/** The lines that stdout receives, in a pipe or on a terminal of that width. */
async function linesOf(input: string, terminalColumns?: number): Promise<string[]> {
  const terminal = terminalColumns === undefined ? {} : { terminalColumns };
  const argv = ["--format", "events", "--color", "never"];
  const { stdout } = await run(argv, { stdin: [input], ...terminal });
  const lines = stdout.split("\n");
  expect(lines.pop()).toBe("");
  return lines;
}

/** A line's columns: index, line, name, digest. */
function columnsOf(line: string): string[] {
  return /^ *(\d*) +(\d+) {2}(\S+) +(.*)$/.exec(line)?.slice(1) ?? [line];
}

describe("the events format", () => {
  test("has a line for each event: index, line, name, and what it says", async () => {
    const input = stream(
      created(),
      inProgress(),
      itemAdded(0, functionCall("look_up")),
      textDelta("a\nb", 1, 2),
      textDone("a\nb", 1, 2),
      itemDone(0, functionCall("look_up")),
      completed({ usage: { input_tokens: 1000, output_tokens: 1 } }),
    );
    // What is found in them stands on lines without columns.
    const events = (await linesOf(input)).map(columnsOf).filter(({ length }) => length > 1);
    expect(events).toEqual([
      ["0", "1", "response.created", "in_progress model-1 resp_1"],
      ["1", "4", "response.in_progress", "in_progress resp_1"],
      ["2", "7", "response.output_item.added", "[0] function_call look_up in_progress"],
      ["3", "10", "response.output_text.delta", String.raw`[1.2] "a\nb"`],
      ["4", "13", "response.output_text.done", "[1.2] 3 characters in all"],
      ["5", "16", "response.output_item.done", "[0] function_call look_up completed"],
      ["6", "19", "response.completed", "1,000 tokens in, 1 token out; completed"],
    ]);
  });

  test("says that a text ends where the event that ends it leaves it out", async () => {
    const chunks = ["start", "text-start", "text-end"].map((type) => ({ type, id: "0", delta: "a" }));
    chunks.splice(2, 0, { type: "text-delta", id: "0", delta: "a" });
    const lines = await linesOf(chunks.map((chunk) => data(JSON.stringify(chunk))).join(""));
    expect(columnsOf(lines[3] ?? "").at(-1)).toBe("[0] end of the text; [0] message");
  });

  test("says what went wrong in an event, and below it what is found there", async () => {
    const input = stream(created(), errorEvent("overloaded", "try later"), { type: "response.of_the_future", a: 1 });
    const [, error = "", errorFinding, unknown = "", unknownFinding] = await linesOf(input);
    expect(columnsOf(error)).toEqual(["1", "4", "error", "overloaded: try later"]);
    expect(errorFinding?.trim()).toBe("error in-band-error: overloaded: try later");
    expect(columnsOf(unknown).at(-1)).toBe('not known: {"type":"response.of_the_future","sequence_number":2,"a":1}');
    expect(unknownFinding?.trim()).toMatch(/^info unrecognized-event: /);
  });

  test("shows the data of an event that cannot be read, and why", async () => {
    const [, broken] = (await linesOf(`${stream(created())}event: response.x\ndata: {"cut\n\n`)).map(columnsOf);
    expect(broken?.at(-1)).toMatch(/JSON.*: \{"cut$/);
  });

  test("has lines for comments and retry times, which have no index", async () => {
    expect((await linesOf(": keep-alive\n\nretry: 3000\n\ndata: x\n\n")).map(columnsOf)).toEqual([
      ["", "1", ":", "keep-alive"],
      ["", "3", "retry", "3,000 ms"],
      ["0", "5", "message", "x"],
    ]);
  });

  test("marks an event that the input ended in", async () => {
    const [, last = "", finding] = await linesOf(`${data("a")}data: b`);
    expect(columnsOf(last)).toEqual(["1", "3", "message", "b (unterminated)"]);
    expect(finding?.trim()).toMatch(/^warning unterminated-last-event: /);
  });

  test.each(["two\nlines", "tab\there", "\u2028\u2029", "\u001b[2J\u001b]0;x\u0007", "\u0085"])(
    "has one line for an event whatever its data holds: %j",
    async (text) => {
      const lines = await linesOf(data(text) + data(JSON.stringify(text)));
      expect(lines.filter((line) => !/^ +info line-separator/.test(line))).toHaveLength(2);
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    },
  );

  test("cuts long data and says its size", async () => {
    const [line = ""] = await linesOf(data("x".repeat(12_345)));
    expect(line).toMatch(/ x+… \(12,345 characters\)$/);
    expect(line).toHaveLength(140);
  });

  test("cuts event names and findings that are longer than any should be", async () => {
    const long = "x".repeat(3000);
    const [named = "", error = "", finding = ""] = await linesOf(
      `event: ${long}\ndata: 1\n\n${data(JSON.stringify({ error: { message: long } }))}`,
    );
    expect(columnsOf(named)[2]).toMatch(/^x+…$/);
    expect(named).toMatch(/ 1$/);
    expect(error.length).toBe(140);
    expect(finding).toMatch(/in-band-error: .*x… \(1,0\d+ characters\)$/);
    expect(finding.length).toBeLessThan(220);
  });

  test("does not cut a character in two", async () => {
    for (const padding of ["", "x"]) {
      const [line = ""] = await linesOf(data(padding + "👍".repeat(500)));
      expect(line).toMatch(/👍… \(/);
      expect(line).not.toContain("\ufffd");
    }
  });

  test.each([60, 80, 99, 100, 120, 200])("fits a terminal %i columns wide", async (columns) => {
    const long = "word ".repeat(100);
    const input = answer(long).replace(/"model":"[^"]*"/, `"model":"${long}"`);
    const lines = await linesOf(input, columns);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(Math.max(...lines.map((line) => line.length))).toBe(columns);
  });

  test("leaves out the first word of an event type on a narrow terminal", async () => {
    const lines = await linesOf(answer("hey"), 60);
    expect(lines.map((line) => columnsOf(line)[2])).toEqual([
      "response.created",
      "…output_item.added",
      "…content_part.added",
      "…output_text.delta",
      "…output_text.done",
      "…content_part.done",
      "…output_item.done",
      "response.completed",
    ]);
  });

  test("goes with a summary on stderr", async () => {
    const { stderr } = await run(["--format", "events"], { stdin: [answer("hey")] });
    expect(stderr).toContain("completed");
  });
});
