// The man page matches commands, options and help, and troff reads it without warnings.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import metadata from "../../package.json" with { type: "json" };
import { keys } from "../../src/check/expectation-values.ts";
import { roffBold, roffText } from "../../src/commands/help/roff.ts";
import { flagsOf } from "../../src/commands/options/option.ts";
import { colorSources } from "../../src/terminal/color.ts";
import { run } from "../support/io.ts";
import { allCommands, optionsOf } from "./support/all-commands.ts";

const { exitCode, stdout: page } = await run(["man"]);
const lines = page.split("\n");

test("the man page names the version", () => {
  expect(exitCode).toBe(0);
  expect(lines[0]).toBe(`.TH SSESCOPE 1 "" "ssescope ${metadata.version}" "User Commands"`);
});

describe.each(allCommands)("the man page, of $name", (command) => {
  const { name, definition } = command;

  test("has a synopsis, and a part", () => {
    const operands = definition.operands.map(({ form }) => ` ${form}`).join("");
    expect(lines).toContain(roffBold(name) + roffText(` [options]${operands}`));
    expect(lines).toContain(name === "ssescope" ? ".SH OPTIONS" : `.SS ${roffBold(name)}`);
  });

  test("explains every option, or names it if another command explains it", () => {
    for (const option of optionsOf(command)) {
      expect(lines).toContain(roffBold(flagsOf(option)));
      expect(page).toContain(roffText(option.summary.slice(1)));
    }
    const shared = optionsOf(command).filter(
      (option) =>
        option.category !== "general" &&
        allCommands.some((other) => other !== command && optionsOf(other).includes(option)),
    );
    const named = lines.filter((line) => line.startsWith("As above: ")).join(" ");
    expect(shared.filter(({ name }) => !named.includes(roffBold(`--${name}`)))).toEqual([]);
  });

  test("shows its examples", () => {
    for (const { command: example } of definition.examples()) {
      for (const line of example.split("\n")) expect(lines).toContain(roffText(line));
    }
  });
});

test("the man page lists expectation keys, exit codes and the rules for colors", () => {
  for (const { name, kind } of keys) expect(lines).toContain(roffBold(`${name} ${kind}`));
  for (const [source] of colorSources) expect(lines).toContain(roffBold(source));
  expect(lines).toContain(".SH EXIT CODES");
  expect(lines).toContain(roffBold("130"));
});

test.each([
  ["-h, --no-color", "\\-h, \\-\\-no\\-color"],
  [".dot 'quoted'", "\\&.dot \\(aqquoted\\(aq"],
  ["a\\b `c` ^~", "a\\eb \\(gac\\(ga \\(ha\\(ti"],
  ["curl … 東", "curl \\[u2026] \\[u6771]"],
  ["two\nlines", "two lines"],
])("%j is written %s", (words, roff) => {
  expect(roffText(words)).toBe(roff);
});

const isInstalled = spawnSync("groff", ["--version"]).error === undefined;

test.skipIf(!isInstalled)("groff reads the man page without a warning", () => {
  const { stdout, stderr, status } = spawnSync("groff", ["-man", "-ww", "-Tutf8", "-P-cbou"], {
    input: page,
    encoding: "utf8",
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toContain("curl -N … | ssescope --format raw > capture.sse");
  expect(stdout).toContain("-f, --format <format>");
});
