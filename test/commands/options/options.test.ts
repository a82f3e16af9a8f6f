// Properties of all options of all commands. Their effects are tested with the code that has them.
import { describe, expect, test } from "vitest";
import { categories } from "../../../src/commands/options/categories.ts";
import { type CommandOption, flagsOf, notesOf } from "../../../src/commands/options/option.ts";
import { run } from "../../support/io.ts";
import { allCommands, argvOf, optionsOf } from "../support/all-commands.ts";

const LONGEST_SUMMARY = 60;

describe.each(allCommands)("the options of $name", (command) => {
  const options = optionsOf(command);

  test("have unique names in kebab-case", () => {
    const names = options.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => !/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(name))).toEqual([]);
  });

  test("have unique short names of one letter", () => {
    const names = options.flatMap(({ short }) => short ?? []);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => !/^[A-Za-z]$/.test(name))).toEqual([]);
  });

  test("have a short summary that begins in lower case and has no full stop", () => {
    const summaries = options.map((option) => `${option.summary} ${notesOf(option)}`.trim());
    expect(summaries.filter((summary) => !/^[a-z][^\n]*[^.\s]$/.test(summary))).toEqual([]);
    expect(summaries.filter((summary) => summary.length > LONGEST_SUMMARY)).toEqual([]);
  });

  test("have details of whole sentences", () => {
    const details = options.flatMap((option) => option.details?.() ?? []);
    expect(details.filter((text) => !/^[A-Z][^\n]*\.$/.test(text))).toEqual([]);
  });

  test("report a missing value if they need one", async () => {
    for (const option of options.filter(({ value }) => value?.startsWith("<"))) {
      const { exitCode, stderr } = await run([...argvOf(command), `--${option.name}`]);
      const [message, hint] = stderr.split("\n");
      expect(message).toBe(`ssescope: --${option.name} needs ${option.value}`);
      expect(hint?.startsWith(`  ${option.summary}`)).toBe(true);
      expect(exitCode).toBe(2);
    }
  });

  test("are suggested for a misspelled name", async () => {
    for (const { name } of options.filter(({ name }) => name.length > 4)) {
      const misspelt = `--${name.slice(0, 2)}${name.slice(3)}`;
      const { exitCode, stderr } = await run([...argvOf(command), misspelt]);
      expect(stderr).toMatch(new RegExp(`^ssescope: unknown option '${misspelt}'\n\\(Did you mean .*--${name}`));
      expect(exitCode).toBe(2);
    }
  });
});

test("every category has options", () => {
  const used = new Set(allCommands.flatMap(optionsOf).map(({ category }) => category));
  expect(categories.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
});

const option = { name: "depth", category: "output", summary: "set the depth" } as const satisfies CommandOption;

test.each<[Partial<CommandOption>, string]>([
  [{}, ""],
  [{ default: { text: "5" } }, "(default: 5)"],
  [{ repeats: "collected" }, "(repeatable)"],
  [{ repeats: "collected", default: { text: "5" } }, "(repeatable; default: 5)"],
])("the notes of an option with %j are %s", (more, notes) => {
  expect(notesOf({ ...option, ...more })).toBe(notes);
});

test.each<[Partial<CommandOption>, string]>([
  [{}, "--depth"],
  [{ short: "d" }, "-d, --depth"],
  [{ value: "<number>" }, "--depth <number>"],
  [{ short: "d", value: "[number]" }, "-d, --depth [number]"],
])("the flags of an option with %j are %s", (more, flags) => {
  expect(flagsOf({ ...option, ...more })).toBe(flags);
});
