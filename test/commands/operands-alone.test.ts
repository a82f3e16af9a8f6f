import { PassThrough } from "node:stream";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addCommand } from "../../src/commands/add-command.ts";
import { loadAllCommands } from "../../src/commands/all-commands.ts";
import { commands } from "../../src/commands/index.ts";
import { areOperandsAlone, defaultArguments } from "../../src/commands/operands-alone.ts";
import type { Io } from "../../src/io.ts";
import { createPages } from "../../src/terminal/pages.ts";
import { place } from "../support/io.ts";
import { runProgram } from "../support/run-program.ts";

describe("a command line has only operands", () => {
  test.each([[[]], [["capture.sse"]], [["a.sse", "-", "https://example.com"]], [[""]]])("if it is %j", (argv) => {
    expect(areOperandsAlone(argv)).toBe(true);
  });

  test.each([[["-q"]], [["capture.sse", "--json"]], [["--", "capture.sse"]], [["-", "-q"]]])(
    "but not if it is %j",
    (argv) => {
      expect(areOperandsAlone(argv)).toBe(false);
    },
  );

  test.each(commands.map(({ name }) => name))("but not with the command %s, wherever it is", (name) => {
    expect(areOperandsAlone([name])).toBe(false);
    expect(areOperandsAlone(["capture.sse", name])).toBe(false);
  });
});

test("the arguments of a command without options are the same as commander's", async () => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const io: Io = { ...place, stdin, stdout, stderr, env: {}, runProgram, interrupt: new AbortController().signal };
  for (const named of await loadAllCommands()) {
    const command = new Command();
    addCommand(command, named, { io, pages: createPages(io), loadAllCommands }, () => {});
    expect(defaultArguments(named.definition)).toEqual(command.opts());
  }
});
