import { readFileSync } from "node:fs";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { fixtureNamed } from "../support/fixtures.ts";
import { captureFiles } from "../support/files.ts";
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

/** The lines on stdout, in a pipe or on a terminal of that width, without the headings. */
async function linesOf(input: string, terminalColumns?: number): Promise<string[]> {
  const terminal = terminalColumns === undefined ? {} : { terminalColumns };
  const argv = ["--format", "events", "--color", "never"];
  const { stdout } = await run(argv, { stdin: [input], ...terminal });
  const [head, ...lines] = stdout.split("\n");
  expect(lines.pop()).toBe("");
  expect(head).toMatch(/^ +# .*kind +(?:item +)?content$/);
  return lines;
}

/** A row's columns: index, line, kind, item, content. */
function columnsOf(line: string): string[] {
  return (
    /^ *(\d*) +(\d+) {2}(\S+) +(\[[\d.]+\])? *(.*)$/
      .exec(line)
      ?.slice(1)
      .map((cell: string | undefined) => cell ?? "") ?? [line]
  );
}

async function rowsOf(input: string): Promise<string[][]> {
  return (await linesOf(input)).map(columnsOf).filter(({ length }) => length > 1);
}

describe("the events format", () => {
  test("has one row per event: index, line, kind, item and content", async () => {
    const input = stream(
      created(),
      inProgress(),
      itemAdded(0, functionCall("look_up")),
      textDelta("a\nb", 1, 2),
      textDone("a\nb", 1, 2),
      itemDone(0, functionCall("look_up")),
      completed({ usage: { input_tokens: 1000, output_tokens: 1 } }),
    );
    expect(await rowsOf(input)).toEqual([
      ["0", "1", "start", "", "model-1 in_progress resp_1"],
      ["1", "4", "status", "", "in_progress resp_1"],
      ["2", "7", "tool", "[0]", "function_call look_up begins"],
      ["3", "10", "text", "[1.2]", String.raw`"a\nb"`],
      ["4", "13", "text", "[1.2]", "ends, 3 characters"],
      ["5", "16", "tool", "[0]", "function_call look_up completed"],
      ["6", "19", "end", "", "completed · tokens 1,000 in, 1 out"],
    ]);
  });

  test.each([
    ["openai-chat/tool-call.sse", ["start", "tool", "tool", "tool", "end", "usage", "done"]],
    ["anthropic/tool-without-input.sse", ["start", "tool", "empty", "tool", "tool", "tool", "status", "end"]],
    ["gemini/hosted-tools.sse", ["start", "tool", "item", "text", "end"]],
  ])("has the same kinds in every dialect: %s", async (name, kinds) => {
    const rows = await rowsOf(Buffer.from(fixtureNamed(name).bytes).toString());
    expect(rows.map(([, , kind]) => kind)).toEqual(kinds);
  });

  test("puts the most important fact of an event first, and omits implied ones", async () => {
    const rows = await rowsOf(Buffer.from(fixtureNamed("openai-chat/mistral-tool-calls.sse").bytes).toString());
    expect(rows[1]?.slice(2)).toEqual([
      "end",
      "",
      String.raw`tool_calls · [0] function_call tide_table begins · [0] "{\"port\": \"Brest\"}" · [1] function_call wind begins · [1] "{\"port\": \"Ostend\"}" · tokens 90 in, 40 out`,
    ]);
  });

  test("shows the end of a text if its event does not repeat the text", async () => {
    const chunks = ["start", "text-start", "text-end"].map((type) => ({ type, id: "0", delta: "a" }));
    chunks.splice(2, 0, { type: "text-delta", id: "0", delta: "a" });
    const rows = await rowsOf(chunks.map((chunk) => data(JSON.stringify(chunk))).join(""));
    expect(rows[3]?.slice(2)).toEqual(["text", "[0]", "ends"]);
  });

  test("shows the error of an event, and its findings below", async () => {
    const input = stream(created(), errorEvent("overloaded", "try later"), { type: "response.of_the_future", a: 1 });
    const [, error = "", errorFinding, unknown = "", unknownFinding] = await linesOf(input);
    expect(columnsOf(error)).toEqual(["1", "4", "error", "", "overloaded: try later"]);
    expect(errorFinding?.trim()).toBe("error in-band-error: overloaded: try later");
    expect(columnsOf(unknown).slice(2)).toEqual([
      "unknown",
      "",
      'response.of_the_future {"type":"response.of_the_future","sequence_number":2,"a":1}',
    ]);
    expect(unknownFinding?.trim()).toMatch(/^info unrecognized-event: /);
  });

  test("shows the data of an unreadable event, and the reason", async () => {
    const rows = await rowsOf(`${stream(created())}event: response.x\ndata: {"cut\n\n`);
    expect(rows[1]?.[2]).toBe("broken");
    expect(rows[1]?.at(-1)).toMatch(/JSON.*: \{"cut$/);
  });

  test("marks an event that adds nothing, with its type", async () => {
    const rows = await rowsOf(Buffer.from(fixtureNamed("anthropic/tool-without-input.sse").bytes).toString());
    expect(rows[2]?.slice(2)).toEqual(["empty", "", "adds nothing (content_block_delta)"]);
  });

  test("has rows for comments and retry times, which have no index", async () => {
    expect(await rowsOf(": keep-alive\n\nretry: 3000\n\ndata: x\n\n")).toEqual([
      ["", "1", "comment", "", "keep-alive"],
      ["", "3", "retry", "", "3,000 ms"],
      ["0", "5", "data", "", "x"],
    ]);
  });

  test("marks the unfinished event at the end of the input", async () => {
    const [, last = "", finding] = await linesOf(`${data("a")}data: b`);
    expect(columnsOf(last)).toEqual(["1", "3", "data", "", "b (unterminated)"]);
    expect(finding?.trim()).toMatch(/^warning unterminated-last-event: /);
  });

  test.each(["two\nlines", "tab\there", "\u2028\u2029", "\u001b[2J\u001b]0;x\u0007", "\u0085"])(
    "has one line per event, for any data: %j",
    async (text) => {
      const lines = await linesOf(data(text) + data(JSON.stringify(text)));
      expect(lines.filter((line) => !/^ +info line-separator/.test(line))).toHaveLength(2);
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    },
  );

  test("cuts nothing in a pipe", async () => {
    const long = "x".repeat(12_345);
    const [line = "", other = ""] = await linesOf(data(long) + data(JSON.stringify({ error: { message: long } })));
    expect(line.endsWith(`  ${long}`)).toBe(true);
    expect(other.endsWith(long)).toBe(true);
  });

  test("cuts long data on a terminal and shows its size", async () => {
    const [line = ""] = await linesOf(data("x".repeat(12_345)), 80);
    expect(line).toMatch(/ x+…\(12,345\)$/);
    expect(line).toHaveLength(80);
  });

  test("does not cut a character in two", async () => {
    for (const padding of ["", "x"]) {
      const [line = ""] = await linesOf(data(padding + "👍".repeat(500)), 80);
      expect(line).toMatch(/👍…\(/);
      expect(line).not.toContain("\ufffd");
    }
  });

  test("has a summary on stderr", async () => {
    const { stderr } = await run(["--format", "events"], { stdin: [answer("hey")] });
    expect(stderr).toContain("completed");
  });
});

const WIDTHS = [40, 60, 80, 120, 200];
const wide = stream(
  created({ model: "模型-1" }),
  textDelta("日本語のテキストがとても長いときにどうなるかを確かめるための文章です。".repeat(8)),
  textDelta("👨‍👩‍👧‍👦 family 👍🏽 e\u0301 ｆｕｌｌ \u001b[31m".repeat(8)),
  { type: "response.未来", text: "日本".repeat(200) },
  errorEvent(
    "overloaded",
    "サーバーが混み合っています。しばらくしてからもう一度お試しください。 try again later ".repeat(4),
  ),
);

describe.each(WIDTHS)("the events format on a terminal %i columns wide", (columns) => {
  test("fits, and uses the full width", async () => {
    const lines = await linesOf(answer("word ".repeat(100)), columns);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(Math.max(...lines.map((line) => line.length))).toBe(columns);
  });

  test("fits with characters of two columns, or none", async () => {
    const lines = await linesOf(`: ${"日本".repeat(100)}\n\n${wide}`, columns);
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
    // One column stays free if a character of two columns would not fit.
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeGreaterThanOrEqual(columns - 1);
  });

  test("wraps findings with a hanging indent, and cuts none of their words", async () => {
    const message = "the words of an error that is long ".repeat(8).trim();
    const lines = await linesOf(stream(created(), errorEvent("overloaded", message)), columns);
    const first = lines.findIndex((line) => line.trimStart().startsWith("error in-band-error:"));
    const found = lines.slice(first, lines.findIndex((line, index) => index > first && !/^ {4}/.test(line)) >>> 0);
    const indents = found.map((line) => line.search(/\S/));
    const [indent = 0] = indents;
    expect(indents).toEqual(indents.map((_, index) => (index === 0 ? indent : indent + 2)));
    expect(found.map((line) => line.trim()).join(" ")).toContain(message);
  });

  test("keeps index, kind and content", async () => {
    const { stdout } = await run(["-f", "events", "--no-color"], { stdin: [answer("hey")], terminalColumns: columns });
    const names = stdout.split("\n", 1)[0]?.trim().split(/ +/);
    expect(names?.filter((name) => ["#", "kind", "content"].includes(name))).toHaveLength(3);
  });
});

test("Numbers that are wider than their columns take columns from the content.", async () => {
  const lines = await linesOf(`${"data: 1\n\n".repeat(100_001)}data: ${"x".repeat(200)}\n\n`, 60);
  expect(lines.at(-1)).toMatch(/^ 100001 +200003 {2}data +x+…\(200\)$/);
  expect(lines.at(-1)).toHaveLength(60);
});

test("The lines of an archive's streams are those of the file, as in findings.", async () => {
  const { stdout } = await run(["-q", "-f", "events", "--range", "0", fixtureNamed("har/chrome.har").path]);
  expect(stdout).toMatch(/^ +0 +381 .* start /m);
});

describe("the events format with known times", () => {
  const { path } = fixtureNamed("recorded/tides.sse");

  test("has the line, the time, and the time since the event before", async () => {
    const { stdout } = await run(["-q", "-f", "events", path]);
    expect(stdout.split("\n").slice(0, 6)).toEqual([
      "    #   line       at    +ms  kind       item  content",
      "    0      1    0.31s         start            gpt-5-mini-2025-08-07 in_progress resp_9f2c5c1be07d4a35",
      "    1      4    0.31s     +0  status           in_progress resp_9f2c5c1be07d4a35",
      "  ───────── silence 1.5 s ─────────",
      "    2      7    1.79s  +1480  item       [0]   message begins",
      "    3     10    1.79s     +2  part       [0]   output_text begins",
    ]);
  });

  test.each([
    [40, "    #   line  kind       content"],
    [60, "    #   line    +ms  kind       item  content"],
    [80, "    #   line       at    +ms  kind       item  content"],
  ])("has fewer columns on a narrow terminal: %i", async (terminalColumns, head) => {
    const { stdout } = await run(["-q", "-f", "events", "--no-color", path], { terminalColumns });
    const [first, ...lines] = stdout.split("\n");
    expect(first).toBe(head);
    expect(lines).toContain(`  ───────── silence 1.5 s ${"─".repeat(terminalColumns - 26)}`);
  });

  test("shows the silence at the end of a hung stream, and the comments in it", async () => {
    const hang = fixtureNamed("recorded/hang-with-comments.sse").path;
    const { stdout } = await run(["-q", "-f", "events", hang]);
    expect(stdout).toMatch(/─ silence 15\.0 s until the end, with 2 heartbeats ─/);
  });

  test.each([
    ["10s", "33"],
    ["1s", "31"],
  ])("colours a silence as a stall by the threshold of the rule: %s", async (threshold, colour) => {
    const argv = ["-q", "-f", "events", "--color", "always", "--stall-threshold", threshold, path];
    const { stdout } = await run(argv);
    expect(stdout).toContain(`\u001b[${colour}m  ───────── silence 1.5 s`);
  });

  test("shows the silence before the first event", async () => {
    const timing = readFileSync(`${path}.timing`, "utf8").replaceAll(/"ms":(\d)/g, '"ms":1000$1');
    const [late = ""] = captureFiles({ "a.sse": readFileSync(path), "a.sse.timing": timing });
    const { stdout } = await run(["-q", "-f", "events", late]);
    expect(stdout.split("\n")[1]).toMatch(/^ {2}─+ silence 16 min 40 s ─+$/);
  });
});
