import { describe, expect, test } from "vitest";
import { header, timedCapture } from "../../capture/support/timed-capture.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { run } from "../../support/io.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  functionCall,
  itemAdded,
  itemDone,
  stream,
  textDelta,
} from "../../support/stream.ts";

const toolCall = fixtureNamed("openai-chat/tool-call.sse").path;
const tides = fixtureNamed("recorded/tides.sse").path;

/** The indexes of the printed rows; for a row without one, its kind. */
async function shown(argv: readonly string[], input?: string): Promise<string[]> {
  const stdin = input === undefined ? {} : { stdin: [input] };
  const { stdout, stderr, exitCode } = await run(["-q", ...argv], stdin);
  expect(exitCode === 2 ? stderr : "").toBe("");
  const rows = stdout
    .split("\n")
    .filter((row) => !row.includes("─"))
    .slice(1, -1);
  return rows.map((row) => /^ *(\d+) {2,}\d/.exec(row)?.[1] ?? /^ +(?:\d+ +)?(\S+)/.exec(row)?.[1] ?? row);
}

/** The records of a machine-readable format. */
async function records(argv: readonly string[], input: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(argv, { stdin: [input] });
  return stdout
    .trim()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
}

const before = [
  created(),
  itemAdded(0, functionCall("look_up")),
  ...["a", "b", "c", "d"].map((text) => textDelta(text)),
];
const after = ["e", "f", "g", "h"].map((text) => textDelta(text));
const broken = stream(...before, errorEvent("overloaded", "try later"), ...after);

describe("filters of events", () => {
  test("--only shows the selected kinds, for any of the kinds that an event has", async () => {
    expect(await shown(["--only", "tool", toolCall])).toEqual(["0", "1", "2", "3", "4"]);
    expect(await shown(["--only", "usage,done", toolCall])).toEqual(["5", "6"]);
    // The last event of the Responses API also reports the token counts.
    expect(await shown(["--only", "usage", tides])).toEqual(["46"]);
  });

  test("--only also selects records that are not events", async () => {
    const input = `: one\n\n${data("x")}retry: 10\n\n${data("y")}oops\n\n`;
    expect(await shown(["--only", "comment,retry"], input)).toEqual(["comment", "retry"]);
    expect(await shown(["--only", "stray"], input)).toContain("stray");
  });

  test("findings of hidden events are omitted, unless they are selected", async () => {
    const { stdout } = await run(["-q", "--only", "start"], { stdin: [broken] });
    expect(stdout).not.toContain("in-band-error");
    const { stdout: findings } = await run(["-q", "--only", "finding"], { stdin: [broken] });
    expect(findings).toContain("error in-band-error (event 6, line 19): overloaded: try later\n");
  });

  test("--grep compares names, data, and text without JSON escapes", async () => {
    expect(await shown(["--grep", "Büsum", tides])).toContain("5");
    const escaped = stream(created(), textDelta("Büsum")).replace("ü", String.raw`\u00fc`);
    expect(await shown(["--grep", "Büsum"], escaped)).toContain("1");
    expect(await shown(["--grep", "/OUTPUT_ITEM\\.(added|done)/i", tides])).toEqual(["2", "45"]);
    expect(await shown(["--grep", "/t/g", "--range", "4-8", tides])).toEqual(["4", "5", "6", "7", "8"]);
    expect(await shown(["--grep", "ping"], `: ping\n\n${data("x")}`)).toEqual(["comment"]);
  });

  test.each([
    ["10-12", ["10", "11", "12"]],
    ["12", ["12"]],
    ["45-", ["45", "46"]],
  ])("--range %s shows these indexes", async (range, expected) => {
    expect(await shown(["--range", range, tides])).toEqual(expected);
  });

  test("combined filters show only events that match all of them", async () => {
    expect(await shown(["--only", "text", "--range", "40-44", "--grep", " by", tides])).toEqual(["41", "43"]);
  });

  test("--around findings shows some events before and after each finding", async () => {
    const lines = await shown(["--around", "findings"], broken);
    expect(lines).toContain("6");
    const quiet = await run(["-q", "--around", "findings", toolCall]);
    expect(quiet.stdout).toBe("");
  });

  test("--around findings shows the last events if something is found only at the end", async () => {
    const input = stream(created(), ...Array.from({ length: 20 }, (_, index) => textDelta(`${index} `)));
    const rows = await shown(["--around", "findings", "--only", "text,finding"], input);
    expect(rows.slice(-5)).toEqual(["17", "18", "19", "20", "error"]);
    expect(rows).not.toContain("12");
  });

  test("--around findings shows the end of a stream that broke off, and the error", async () => {
    const bytes = Buffer.from(stream(created(), ...Array.from({ length: 20 }, () => textDelta("hey "))));
    const error = { code: "ECONNRESET", message: "the connection was reset" };
    const end = { end: "failed", ms: 80, heldBackMs: 0, error };
    const path = timedCapture(bytes, header, { offset: 0, length: bytes.length, ms: 20 }, end);
    const { stdout } = await run(["-q", "--around", "findings", path]);
    expect(stdout).toMatch(/ 20 .*\n +error transport-error: ECONNRESET: the connection was reset\n$/);
    const { stdout: texts } = await run(["-q", "--only", "text", path]);
    expect(texts).not.toContain("transport-error");
  });

  test("--fold joins deltas in a row, with their number and their last index", async () => {
    const { stdout } = await run(["-q", "--fold", "--only", "text", tides]);
    const rows = stdout.split("\n").filter((line) => line.includes("text"));
    expect(rows[0]).toMatch(/^ +4 +13 +1\.82s +\+26 {2}text +\[0\] +18 deltas to 21: "At Büsum the ebb .* comes"$/);
    expect(rows[1]).toMatch(/^ +22 +67 +3\.10s +\+935 {2}text +\[0\] +21 deltas to 42: " in over .*"$/);
  });

  test("--fold leaves a single delta unchanged, and ends a run at any other event", async () => {
    const input = stream(created(), textDelta("a"), errorEvent("x", "y"), textDelta("b"), textDelta("c"));
    const { stdout } = await run(["-q", "--fold"], { stdin: [input] });
    expect(stdout).toContain('"a"\n');
    expect(stdout).toContain('2 deltas to 4: "bc"\n');
  });

  test("time counts from the event before, even if that is hidden", async () => {
    const { stdout } = await run(["-q", "--range", "4-5", tides]);
    expect(stdout.split("\n")[1]).toMatch(/^ +4 +13 +1\.82s +\+26 /);
  });
});

describe("filters of facts", () => {
  test("select facts, and the report still comes last", async () => {
    const input = stream(created(), completed({ usage: { input_tokens: 1, output_tokens: 2 } }));
    const all = await records(["-f", "facts", "--only", "usage"], input);
    expect(all.map(({ type, schema }) => type ?? schema)).toEqual(["usage-reported", "ssescope/report@1"]);
  });

  test("--fold joins deltas into one, with the index of the last event", async () => {
    const [delta] = await records(["-f", "facts", "--only", "text", "--fold"], answer("a", "b", "c"));
    expect(delta).toMatchObject({ type: "text-delta", text: "abc", event: 3, lastEvent: 5 });
  });
});

describe("filters of wire", () => {
  test("select records by the kinds of their events, and the end still comes last", async () => {
    const input = `: ping\n\n${stream(created(), itemAdded(0, functionCall("f")), itemDone(0, functionCall("f")))}`;
    const tools = await records(["-f", "wire", "--only", "tool"], input);
    expect(tools.map(({ type, index }) => [type, index])).toEqual([
      ["event", 1],
      ["event", 2],
      ["end", undefined],
    ]);
    const comments = await records(["-f", "wire", "--only", "comment"], input);
    expect(comments.map(({ type }) => type)).toEqual(["comment", "end"]);
  });

  test("keep the order of records if the dialect is detected only later", async () => {
    const input = `${data("{}")}: one\n\n${data("{}")}: two\n\n${stream(created())}`;
    const all = await records(["-f", "wire", "--range", "0-"], input);
    expect(all).toEqual(await records(["-f", "wire"], input));
  });
});

describe("invalid filters", () => {
  test.each([
    [["--only", "txt"], 'but got "txt"'],
    [["--grep", "/(/"], "Expected a text or a valid /regex/"],
    [["--grep", ""], "Expected a text or /regex/."],
    [["--range", "b"], "Expected indexes such as 12, 10-40 or 10-."],
    [["--range", "5-2"], "Expected the first index before the last, as in 2-5."],
    [["--around", "errors"], "Allowed choices are findings"],
    [["--format", "text", "--only", "text"], "--only is for --format events, wire and facts, not text"],
    [["--json", "--fold"], "--fold is for --format events, wire and facts, not report"],
    [["--format", "wire", "--fold"], "--fold is for --format events and facts, not wire"],
  ])("%j is refused", async (argv, words) => {
    const { exitCode, stderr } = await run([...argv, tides]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});
