// Nothing that a stream, a server or a command line holds can act on a terminal. Twenty checks of safety have a number;
// the names of the tests that show them begin with it, here and in the files of what they are about.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { views } from "../src/views/index.ts";
import { attacks, dangerousIn, everyAttack } from "./support/control-characters.ts";
import { tried } from "./support/exhaustive.ts";
import { run, type RunOptions } from "./support/io.ts";
import { parseReport } from "./support/read-report.ts";
import { serve } from "./support/server.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  event,
  failed,
  incomplete,
  itemAdded,
  itemDone,
  refusalDelta,
  stream,
  textDelta,
} from "./support/stream.ts";

/** A stream with `bad` in every place where a server can put text. */
function everywhere(bad: string): string {
  const inField = bad.replaceAll(/[\r\n]/g, "");
  const call = { id: bad, type: bad, name: bad, call_id: bad, status: bad };
  const search = { id: `s${bad}`, type: "web_search_call", action: { query: bad }, status: bad };
  const annotation = { type: bad, title: bad, url: bad };
  return [
    `: ${inField}\nid: ${inField}\nretry: ${inField}\n${inField}: ${inField}\n\n`,
    stream(
      created({ id: bad, model: bad, status: bad, service_tier: bad }),
      itemAdded(0, call),
      textDelta(bad),
      { type: "response.output_text.annotation.added", output_index: 0, annotation },
      itemDone(0, call),
      itemDone(1, search),
      refusalDelta(bad, 2),
      { type: `response.${bad}`, [bad]: bad },
      errorEvent(bad, bad),
      { ...incomplete(bad) },
    ),
    stream(created(), failed({ code: bad, message: bad, type: bad })),
    `event: ${inField}\nid: ${inField}\ndata: ${inField}\n\n`,
    `event: response.${inField}\ndata: {"${inField}\n\n`,
    event({ type: "response.completed", sequence_number: 900, response: { id: bad, status: bad } }),
    `data: ${inField}`,
  ].join("");
}

/** What a terminal gets, and what of it is dangerous there, with colours and without. */
async function onTerminal(argv: readonly string[], options: RunOptions = {}) {
  const plain = await run([...argv, "--color", "never"], { ...options, terminalColumns: 80 });
  const colored = await run([...argv, "--color", "always"], { ...options, terminalColumns: 80 });
  const text = plain.stdout + plain.stderr;
  const coloredText = colored.stdout + colored.stderr;
  return { text, dangerous: [...dangerousIn(text), ...dangerousIn(coloredText, { mayHaveColours: true })] };
}

const formats = views.map(({ name }) => name);

describe.each(formats)("safety 1, 3, 5: on a terminal the format %s and the summary", (format) => {
  test.each(tried([["do all of it", everyAttack]], Object.entries(attacks)))("cannot %s", async (_, attack) => {
    const argv = format === "text" ? ["--show", "all"] : ["--format", format];
    const { text, dangerous } = await onTerminal(argv, { stdin: [everywhere(attack)] });
    expect(dangerous).toEqual([]);
    expect(text.length).toBeGreaterThan(100);
  });

  test("show as text what is generic", async () => {
    for (const input of [everywhere(everyAttack), data(everyAttack.replaceAll("\r", ""))]) {
      const { dangerous } = await onTerminal(["--format", format, "--dialect", "generic"], { stdin: [input] });
      expect(dangerous).toEqual([]);
    }
  });

  test("safety 4: do not put together what is split over two deltas or two chunks", async () => {
    const halves = Object.values(attacks).flatMap((attack) => [attack.slice(0, 1), attack.slice(1)]);
    const whole = Object.values(attacks).map((attack) => data(attack.replaceAll("\r", "")));
    const bytes = [...Buffer.from(answer(...halves) + whole.join(""))].map((byte) => Buffer.of(byte));
    expect((await onTerminal(["--format", format], { stdin: bytes })).dangerous).toEqual([]);
  });
});

describe("safety 1, 3, 5: statistics by everything that a server can put text into", () => {
  const keys = ["model", "response_id", "status", "error_code", "error_message"];

  test.each(tried([["do all of it", everyAttack]], Object.entries(attacks)))("cannot %s", async (_, attack) => {
    const { text, dangerous } = await onTerminal(["stats", "--by", keys.join(",")], { stdin: [everywhere(attack)] });
    expect(dangerous).toEqual([]);
    expect(text.length).toBeGreaterThan(100);
  });
});

describe("safety 1: what is no stream is only shown", () => {
  test.each([
    ["an HTML page", `<html><title>${everyAttack}</title>`],
    ["a JSON error", JSON.stringify({ error: { code: everyAttack, message: everyAttack } }, null, 2)],
    ["a JSON error of raw characters", `{"detail":\n"${everyAttack}"}`],
    ["text", everyAttack],
  ])("%s", async (_, body) => {
    for (const argv of [...formats.map((format) => ["--format", format]), ["--quiet"]]) {
      expect((await onTerminal(argv, { stdin: [body] })).dangerous).toEqual([]);
    }
  });

  test("the status, the headers and the body of a server", async () => {
    // What Node's own server lets through; ESC it refuses to send.
    const bad = "\u0080\u009b2J\u0090";
    const headers = { "content-type": `text/${bad}`, location: `/${bad}` };
    for (const status of [200, 302, 500]) {
      const { origin } = await serve({ status, statusText: bad, headers, body: answer(everyAttack) });
      for (const format of formats) {
        expect((await onTerminal(["--format", format, origin])).dangerous).toEqual([]);
      }
    }
  });
});

describe("safety 2: what the user typed is only shown", () => {
  test.each([
    ["a path", [`no${everyAttack}/such`.replaceAll("\0", "")]],
    ["a path with NUL", ["no\0such\u001b[2J"]],
    ["several paths", [`a${everyAttack}`, `b${everyAttack}`]],
    ["a scheme", [`ftp://${everyAttack}`]],
    ["an option", [`--${everyAttack}`]],
    ["a format", ["--format", everyAttack]],
    ["a channel", ["--show", everyAttack]],
    ["a size", ["--max-event-size", everyAttack]],
    ["a dialect", ["--dialect", everyAttack]],
    ["an environment variable", ["--bearer-env", everyAttack, "http://127.0.0.1:1"]],
    ["a method", ["--request", everyAttack, "http://127.0.0.1:1"]],
    ["a header", ["--header", everyAttack, "http://127.0.0.1:1"]],
    ["a header file", ["--header", `@no${everyAttack}`, "http://127.0.0.1:1"]],
    ["a body file", ["--data", `@no${everyAttack}`, "http://127.0.0.1:1"]],
  ])("%s", async (_, argv) => {
    const { text, dangerous } = await onTerminal(argv);
    expect(dangerous).toEqual([]);
    expect(text).toMatch(/(?:ssescope|error): /);
  });
});

describe("safety 6: into a pipe", () => {
  const input = answer(everyAttack);

  test("the text goes as it came", async () => {
    expect((await run([], { stdin: [input] })).stdout).toBe(everyAttack);
  });

  test("the bytes go as they came", async () => {
    expect((await run(["--format", "raw"], { stdin: [everywhere(everyAttack)] })).stdout).toBe(everywhere(everyAttack));
  });

  test("the report holds the same value as on a terminal", async () => {
    const piped = parseReport((await run(["--json"], { stdin: [input] })).stdout);
    const shown = parseReport((await run(["--json"], { stdin: [input], terminalColumns: 80 })).stdout);
    expect(piped.responses[0]?.text).toBe(everyAttack);
    expect(shown).toEqual(piped);
  });

  test("the summary and the lines for people are still one line for each thing", async () => {
    const bad = "a\nfindings  none";
    const forged = stream(created({ model: bad }), errorEvent(bad, bad), completed());
    const { stderr } = await run([], { stdin: [forged] });
    expect(stderr).not.toMatch(/^findings {2}none$/m);
  });
});

test("each of the twenty checks of safety has a test that names it", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
  const numbers = files.flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/safety (?<numbers>\d+(?:, \d+)*)/g)].flatMap(
      ({ groups }) => groups?.numbers?.split(", ").map(Number) ?? [],
    ),
  );
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
