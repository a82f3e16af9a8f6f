import { describe, expect, test } from "vitest";
import { flagsOf } from "../../../src/commands/options/option.ts";
import { run } from "../../support/io.ts";
import { allCommands, argvOf, optionsOf } from "../support/all-commands.ts";

const WIDTHS = [60, 80, 100];
const FLAGS = ["-h", "--help"];

async function helpOf(argv: readonly string[], terminalColumns: number): Promise<string> {
  const { exitCode, stdout, stderr } = await run(argv, { terminalColumns });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

describe.each(allCommands)("help of $name", (command) => {
  const options = optionsOf(command);
  const terms = options.flatMap((option) => [
    flagsOf(option),
    ...(option.negation === undefined ? [] : [`--no-${option.name}`]),
  ]);

  test.each(FLAGS.flatMap((flag) => WIDTHS.map((width) => [flag, width] as const)))(
    "fits a terminal: %s at %i columns",
    async (flag, width) => {
      const lines = (await helpOf([...argvOf(command), flag], width)).split("\n");
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    },
  );

  test("has one line for each option: -h at 80 columns", async () => {
    const help = await helpOf([...argvOf(command), "-h"], 80);
    const sections = help.slice(0, help.indexOf("Examples:")).split("\n\n");
    const rows = sections.flatMap((section) => (/^\w.*:\n {2}-/.test(section) ? section.split("\n").slice(1) : []));
    expect(rows).toHaveLength(terms.length);
    expect(new Set(rows.map((row) => row.trim().split(/ {2,}/)[0]))).toEqual(new Set(terms));
  });

  test("explains every option in a block of its own: --help", async () => {
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
});

test("-h is shorter than --help, and names it", async () => {
  const short = await helpOf(["check", "-h"], 80);
  const long = await helpOf(["check", "--help"], 80);
  expect(short.split("\n").length).toBeLessThan(long.split("\n").length / 2);
  expect(short).toContain("\nssescope check --help explains every option.\n");
  expect(long).not.toContain("explains every option");
});

test.each([
  ["no source", [], ["-h"]],
  ["check without a source", ["check"], ["check", "-h"]],
  ["-h among short flags", ["-qh"], ["-h"]],
  ["-h and --help together", ["-h", "--help"], ["--help"]],
])("on a terminal, %s prints help", async (_, argv, like) => {
  expect(await helpOf(argv, 80)).toBe(await helpOf(like, 80));
});

test("help is printed even if operands are missing or options are wrong", async () => {
  expect(await helpOf(["replay", "--help"], 80)).toContain("Usage: ssescope replay [options] <capture...>");
  expect(await helpOf(["diff", "--nonsense", "-h"], 80)).toContain("Usage: ssescope diff [options] <a> <b>");
});

test.each([undefined, 0])("a terminal of unknown width (%s) is taken for one of 80 columns", async (columns) => {
  const unknown = await run(["--help"], columns === undefined ? {} : { terminalColumns: columns });
  expect(unknown.stdout).toBe(await helpOf(["--help"], 80));
});

test("lines are not longer than 100 columns, however wide the terminal", async () => {
  expect(await helpOf(["--help"], 300)).toBe(await helpOf(["--help"], 100));
});
