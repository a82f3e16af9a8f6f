// Options become parsed arguments, and the types of arguments.
import { PassThrough } from "node:stream";
import { Command, CommanderError } from "commander";
import { describe, expect, expectTypeOf, test } from "vitest";
import { addCommand } from "../../src/commands/add-command.ts";
import type { CommandDefinition, NamedCommand } from "../../src/commands/command.ts";
import { HelpAsked } from "../../src/commands/help-asked.ts";
import type { ArgumentsOf, CommandOption } from "../../src/commands/options/option.ts";
import { parseCount } from "../../src/commands/options/parse-values.ts";
import type { Io } from "../../src/io.ts";
import { createPages } from "../../src/terminal/pages.ts";
import { place } from "../support/io.ts";
import { runProgram } from "../support/run-program.ts";

const options = [
  { name: "dry", category: "output", summary: "a switch" },
  { name: "name", category: "output", value: "<text>", summary: "text" },
  { name: "sea-level", category: "output", value: "<number>", summary: "a number", parse: parseCount },
  {
    name: "depth",
    short: "d",
    category: "output",
    value: "<number>",
    summary: "a number with a default",
    parse: parseCount,
    default: { value: 3, text: "3" },
  },
  {
    name: "tide",
    category: "output",
    value: "<kind>",
    summary: "a choice",
    choices: [{ name: "ebb" }, { name: "flood" }],
  },
  { name: "port", category: "output", value: "<number>", summary: "a list", parse: parseCount, repeats: "collected" },
  { name: "again", category: "output", value: "[times]", summary: "with a value or without", parse: parseCount },
  {
    name: "chart",
    category: "output",
    value: "<file>",
    summary: "a file or none",
    default: { value: true, text: "any" },
    negation: "no chart",
  },
] as const satisfies readonly CommandOption[];

type Parsed = ArgumentsOf<typeof options>;

/** Parses like a command with these options; returns operands and arguments. */
async function parse(...argv: readonly string[]): Promise<{ operands: readonly string[]; parsed: Parsed }> {
  const found: { operands: readonly string[]; parsed: Parsed }[] = [];
  const definition: CommandDefinition<typeof options> = {
    operands: [{ form: "[file...]", summary: "files", completes: "paths" }],
    options,
    examples: () => [],
    async run(operands, parsed) {
      found.push({ operands, parsed });
      return 4;
    },
  };
  const named: NamedCommand = { name: "chart", summary: "draw a chart", definition, general: [], commands: [] };
  const command = new Command("chart").exitOverride().configureOutput({ writeErr: () => {} });
  const exitCodes: number[] = [];
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const io: Io = { ...place, stdin, stdout, stderr, env: {}, runProgram, interrupt: new AbortController().signal };
  addCommand(command, named, { io, pages: createPages(io), loadAllCommands: async () => [] }, (code) =>
    exitCodes.push(code),
  );
  await command.parseAsync(argv, { from: "user" });
  expect(exitCodes).toEqual([4]);
  const [run] = found;
  if (run === undefined) throw new Error("the command did not run");
  return run;
}

test("the types of arguments derive from the options", () => {
  expectTypeOf<Parsed>().toEqualTypeOf<{
    readonly dry: true | undefined;
    readonly name: string | undefined;
    readonly seaLevel: number | undefined;
    readonly depth: number;
    readonly tide: "ebb" | "flood" | undefined;
    readonly port: readonly number[];
    readonly again: number | true | undefined;
    readonly chart: string | boolean;
  }>();
});

describe("arguments", () => {
  test("have defaults", async () => {
    expect(await parse()).toEqual({ operands: [], parsed: { depth: 3, port: [], chart: true } });
  });

  test("have the typed values", async () => {
    const argv = "--dry --name fox --sea-level 0 -d 7 --tide ebb --port 1 --port=2 --chart a.svg --again=5 one two";
    expect(await parse(...argv.split(" "))).toEqual({
      operands: ["one", "two"],
      parsed: {
        dry: true,
        name: "fox",
        seaLevel: 0,
        depth: 7,
        tide: "ebb",
        port: [1, 2],
        chart: "a.svg",
        again: 5,
      },
    });
  });

  test("are true without an optional value, and false if negated", async () => {
    expect((await parse("--again", "--no-chart")).parsed).toMatchObject({ again: true, chart: false });
  });

  test("have the last value if an option is repeated", async () => {
    expect((await parse("--name", "a", "--name", "b")).parsed.name).toBe("b");
  });

  test.each([
    [["--tide", "slack"], "argument 'slack' is invalid. Allowed choices are ebb, flood."],
    [["--port", "1", "--port", "x"], "argument 'x' is invalid. Expected a number >= 0."],
    [["--drain"], "unknown option '--drain'"],
  ])("%j are wrong", async (argv, message) => {
    await expect(parse(...argv)).rejects.toThrow(CommanderError);
    await expect(parse(...argv)).rejects.toThrow(message);
  });

  test.each(["-h", "--help"])("%s asks for help of that command", async (flag) => {
    await expect(parse(flag)).rejects.toThrow(HelpAsked);
    await expect(parse(flag)).rejects.toThrow("help for chart");
  });
});
