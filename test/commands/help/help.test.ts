import { describe, expect, test } from "vitest";
import { topics } from "../../../src/commands/help/topics.ts";
import { flagsOf } from "../../../src/commands/options/option.ts";
import { terminalRuler } from "../../../src/terminal/terminal-ruler.ts";
import { run } from "../../support/io.ts";
import { allCommands, argvOf, optionsOf } from "../support/all-commands.ts";

const WIDTHS = [60, 80, 100];
const FLAGS = ["-h", "--help"];
/** Lines of a small terminal, above the prompt. */
const ONE_PAGE = 25;

async function helpOf(argv: readonly string[], terminalColumns: number): Promise<string> {
  const { exitCode, stdout, stderr } = await run(argv, { terminalColumns, env: { NO_COLOR: "1" } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

/** The lines that do not fit. */
function tooWide(help: string, columns: number): string[] {
  return help.split("\n").filter((line) => terminalRuler.columnsOf(line) > columns || line !== line.trimEnd());
}

/** The lines below a heading. */
function linesUnder(heading: RegExp, help: string): string[] {
  const lines = help.split("\n");
  const start = lines.findIndex((line) => heading.test(line)) + 1;
  const end = lines.indexOf("", start);
  return start === 0 ? [] : lines.slice(start, end);
}

describe.each(allCommands)("help of $name", (command) => {
  const options = optionsOf(command);

  test.each(FLAGS.flatMap((flag) => WIDTHS.map((width) => [flag, width] as const)))(
    "fits a terminal: %s with %i columns",
    async (flag, width) => {
      expect(tooWide(await helpOf([...argvOf(command), flag], width), width)).toEqual([]);
    },
  );

  test("fits a narrow terminal, except for the examples: -h with 40 columns", async () => {
    const help = await helpOf([...argvOf(command), "-h"], 40);
    expect(tooWide(help.slice(0, help.indexOf("Examples:")), 40)).toEqual([]);
  });

  test("is one page: -h with 80 columns", async () => {
    const help = await helpOf([...argvOf(command), "-h"], 80);
    expect(help.trimEnd().split("\n").length).toBeLessThanOrEqual(ONE_PAGE);
  });

  test("has the usual options, one line each, and an example: -h with 80 columns", async () => {
    const { usualOptions } = command.definition;
    const help = await helpOf([...argvOf(command), "-h"], 80);
    const shown = linesUnder(/^Options/, help).map((row) => row.trim().split(/ {2,}/)[0]);
    const all = options.flatMap(({ name, negation }) => (negation === undefined ? [name] : [name, `no-${name}`]));
    const names = usualOptions === undefined ? all : [...usualOptions, "help"];
    const expected = names.map((name) => {
      const option = options.find((each) => each.name === name);
      return option === undefined ? `--${name}` : flagsOf(option);
    });
    expect(new Set(shown)).toEqual(new Set(expected));
    expect(shown).toHaveLength(expected.length);
    expect(usualOptions?.length ?? 0).toBeLessThan(8);
    expect(help.includes(`${command.name} --help`)).toBe(usualOptions !== undefined);
    const [example] = command.definition.examples();
    expect(help).toContain(`  ${example?.command.split("\n")[0]}`);
  });

  test("explains every option in its own block: --help", async () => {
    const lines = (await helpOf([...argvOf(command), "--help"], 80)).split("\n");
    for (const { name, summary, details } of options) {
      const start = lines.findIndex((line) => new RegExp(`^ {2}(?:-\\w, )?--${name}(?: |$)`).test(line));
      expect(start).toBeGreaterThan(0);
      const end = lines.indexOf("", start);
      const block = lines
        .slice(start + 1, end)
        .join(" ")
        .replaceAll(/\s+/g, " ");
      expect(block).toContain(summary);
      expect(block).toContain(details?.() ?? summary);
    }
  });

  test("shows examples after a comment of one line, also in a narrow terminal", async () => {
    const { examples } = command.definition;
    const help = await helpOf([...argvOf(command), "--help"], 60);
    for (const { command: line, meaning } of examples()) {
      expect(help).toContain(`  # ${meaning}\n  ${line.replaceAll("\n", "\n  ")}\n`);
    }
  });

  test("explains the syntax of durations once, if it takes any", async () => {
    const help = await helpOf([...argvOf(command), "--help"], 80);
    const takesDurations = options.some(({ value }) => value === "<duration>");
    expect(help.match(/^Durations:$/gm)?.length ?? 0).toBe(takesDurations ? 1 : 0);
  });

  test("is the output of ssescope help with its name", async () => {
    const name = argvOf(command)[0] ?? "ssescope";
    expect(await helpOf(["help", name], 80)).toBe(await helpOf([...argvOf(command), "--help"], 80));
  });
});

describe("-h of the program", () => {
  test("fills a small terminal with commands, eight options and three examples on one line each", async () => {
    const help = await helpOf(["-h"], 80);
    expect(linesUnder(/^Options/, help)).toHaveLength(8);
    expect(linesUnder(/^Examples/, `${help}\n`)).toHaveLength(3);
  });

  test("names the most used commands, and where the others are", async () => {
    const help = await helpOf(["-h"], 80);
    for (const name of ["check", "tap", "diff", "replay"]) expect(help).toMatch(new RegExp(`^ {2}${name} `, "m"));
    expect(help).toContain("ssescope help");
  });
});

describe("ssescope help", () => {
  test("lists every command and topic", async () => {
    const help = await helpOf(["help"], 80);
    for (const command of allCommands.flatMap(argvOf)) expect(help).toMatch(new RegExp(`^ {2}${command} `, "m"));
    for (const { name } of topics) expect(help).toMatch(new RegExp(`^ {2}${name} `, "m"));
  });

  test.each(topics.flatMap(({ name }) => WIDTHS.map((width) => [name, width] as const)))(
    "explains %s in %i columns",
    async (name, width) => {
      const help = await helpOf(["help", name], width);
      expect(help.split("\n").length).toBeGreaterThan(8);
      expect(tooWide(help, width)).toEqual([]);
    },
  );

  test.each([
    ["expectations", ["verdict=completed", "usage.outputTokens", "Durations:"]],
    ["timing", ["first token", "Durations:"]],
    ["exit-codes", ["130", "truncated"]],
    ["url", ["--bearer-env <variable>", "--idle-timeout <duration>", "--reconnect [attempts]", "Durations:"]],
    ["colors", ["NO_COLOR", "GitHub Actions"]],
  ])("%s explains it", async (topic, words) => {
    const help = await helpOf(["help", topic], 80);
    for (const word of words) expect(help).toContain(word);
  });

  test("suggests a similar name", async () => {
    const { exitCode, stderr } = await run(["help", "expectation"]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "ssescope: there is no help on expectation\n  did you mean expectations?\n",
    });
  });
});

test.each([
  ["no source", [], ["-h"]],
  ["check without a source", ["check"], ["check", "-h"]],
  ["-h among short flags", ["-qh"], ["-h"]],
  ["-h and --help together", ["-h", "--help"], ["--help"]],
])("on a terminal, %s prints help", async (_, argv, like) => {
  expect(await helpOf(argv, 80)).toBe(await helpOf(like, 80));
});

test("in a pipe, no source reads standard input", async () => {
  const { stdout } = await run(["-q"], { stdin: ['data: {"a":1}\n\n'] });
  expect(stdout).not.toContain("Usage:");
});

test("help is printed even if operands are missing or options are wrong", async () => {
  expect(await helpOf(["replay", "--help"], 80)).toContain("Usage: ssescope replay [options] <capture...>");
  expect(await helpOf(["diff", "--nonsense", "-h"], 80)).toContain("Usage: ssescope diff [options] <a> <b>");
});

test.each([undefined, 0])("a terminal of unknown width (%s) gets 80 columns", async (columns) => {
  const env = { NO_COLOR: "1" };
  const unknown = await run(["--help"], columns === undefined ? { env } : { env, terminalColumns: columns });
  expect(unknown.stdout).toBe(await helpOf(["--help"], 80));
});

test("lines have at most 100 columns, however wide the terminal", async () => {
  expect(await helpOf(["--help"], 300)).toBe(await helpOf(["--help"], 100));
});

test("headings are emphasized on a terminal, unless colors are off", async () => {
  const { stdout } = await run(["-h"], { terminalColumns: 80 });
  expect(stdout).toContain("\u001b[1mExamples:\u001b[22m\n");
  const plain = await run(["--no-color", "-h"], { terminalColumns: 80 });
  expect(plain.stdout).toBe(await helpOf(["-h"], 80));
  expect((await run(["help", "timing", "--color", "always"])).stdout).toContain("\u001b[1mTimes");
});
