// Which of flag, variables and output decides whether there are colours.
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ColorMode, colorSources, type Place, wantsColor } from "../../src/terminal/color.ts";
import { markdownTable, withSection } from "../support/generated-section.ts";
import { run } from "../support/io.ts";
import { answer } from "../support/stream.ts";

type Env = Readonly<Record<string, string>>;

describe("colors are", () => {
  test.each<[boolean, ColorMode, Place, Env]>([
    // The output.
    [true, "auto", "terminal", {}],
    [false, "auto", "log", {}],
    [false, "auto", "elsewhere", {}],
    [false, "auto", "terminal", { TERM: "dumb" }],
    [true, "auto", "terminal", { TERM: "xterm-256color" }],
    // The flag, whichever variables are set.
    [true, "always", "elsewhere", { NO_COLOR: "1", CLICOLOR: "0", TERM: "dumb" }],
    [false, "never", "terminal", { FORCE_COLOR: "3", CLICOLOR_FORCE: "1", GITHUB_ACTIONS: "true" }],
    // NO_COLOR
    [false, "auto", "terminal", { NO_COLOR: "1" }],
    [false, "auto", "terminal", { NO_COLOR: "0" }],
    [true, "auto", "terminal", { NO_COLOR: "" }],
    [false, "auto", "terminal", { NO_COLOR: "1", FORCE_COLOR: "1", CLICOLOR_FORCE: "1" }],
    // FORCE_COLOR
    [true, "auto", "elsewhere", { FORCE_COLOR: "1" }],
    [true, "auto", "elsewhere", { FORCE_COLOR: "2" }],
    [true, "auto", "elsewhere", { FORCE_COLOR: "3", TERM: "dumb" }],
    [true, "auto", "elsewhere", { FORCE_COLOR: "true", CLICOLOR: "0" }],
    [false, "auto", "terminal", { FORCE_COLOR: "0", CLICOLOR_FORCE: "1" }],
    [false, "auto", "terminal", { FORCE_COLOR: "False" }],
    [false, "auto", "elsewhere", { FORCE_COLOR: "" }],
    // CLICOLOR_FORCE
    [true, "auto", "elsewhere", { CLICOLOR_FORCE: "1", CLICOLOR: "0", TERM: "dumb" }],
    [false, "auto", "elsewhere", { CLICOLOR_FORCE: "0" }],
    [false, "auto", "elsewhere", { CLICOLOR_FORCE: "" }],
    // CLICOLOR
    [false, "auto", "terminal", { CLICOLOR: "0" }],
    [true, "auto", "terminal", { CLICOLOR: "1" }],
    [false, "auto", "elsewhere", { CLICOLOR: "1" }],
    // CI systems
    [true, "auto", "log", { CI: "true", GITHUB_ACTIONS: "true" }],
    [true, "auto", "log", { GITLAB_CI: "true", TERM: "dumb" }],
    [true, "auto", "log", { TF_BUILD: "True" }],
    [true, "auto", "log", { TEAMCITY_VERSION: "2026.1" }],
    [false, "auto", "log", { CI: "true" }],
    [false, "auto", "log", { GITHUB_ACTIONS: "" }],
    [false, "auto", "log", { GITHUB_ACTIONS: "true", CLICOLOR: "0" }],
    [false, "auto", "log", { GITHUB_ACTIONS: "true", NO_COLOR: "1" }],
    [false, "auto", "elsewhere", { GITHUB_ACTIONS: "true" }],
  ])("%s: --color %s on a %s with %j", (expected, mode, place, env) => {
    expect(wantsColor(mode, place, env)).toBe(expected);
  });
});

const ESCAPE = "\u001b";

describe("in a log of a CI system", () => {
  const env = { GITHUB_ACTIONS: "true" };
  const stdin = ["data: {}\n"];

  test("the summary has colors, and output for programs has none", async () => {
    const { stdout, stderr } = await run(["-f", "events", "-"], { stdin: [answer("hey")], env });
    expect(stderr).toContain(ESCAPE);
    expect(stdout).not.toContain(ESCAPE);
  });

  test("findings have colors, and JSON has none", async () => {
    expect((await run(["check"], { stdin, env })).stdout).toContain(ESCAPE);
    expect((await run(["check", "--no-color"], { stdin, env })).stdout).not.toContain(ESCAPE);
    expect((await run(["check", "--reporter", "json"], { stdin, env })).stdout).not.toContain(ESCAPE);
  });
});

test("the help lists the colour rules in order", async () => {
  const { stdout } = await run(["help", "colors"], { terminalColumns: 80, env: { NO_COLOR: "1" } });
  const places = colorSources.map(([source]) => stdout.indexOf(`  ${source} `));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

// `npx vitest run test/terminal/color.test.ts -u` updates this part of src/terminal/README.md.
test("the guide lists the same rules", async () => {
  const guide = fileURLToPath(new URL("../../src/terminal/README.md", import.meta.url));
  const rows = colorSources.map(([source, meaning]) => {
    const isTyped = /^(?:--|[A-Z_]+$)/.test(source);
    return [isTyped ? source.replaceAll(/[^ ,]+/g, "`$&`") : source, meaning];
  });
  await expect(await withSection(guide, "colors", markdownTable(["what", "says"], rows))).toMatchFileSnapshot(guide);
});
