import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addCommand } from "../../src/commands/add-command.ts";
import { loadAllCommands } from "../../src/commands/all-commands.ts";
import { commands } from "../../src/commands/index.ts";
import { areOperandsAlone, defaultArguments } from "../../src/commands/operands-alone.ts";

describe("a command line is operands alone", () => {
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

test("the arguments of a command without options are those that commander gives", async () => {
  for (const named of await loadAllCommands()) {
    const command = new Command();
    addCommand(command, named, unusedContext, () => {});
    expect(defaultArguments(named.definition)).toEqual(command.opts());
  }
});

/** Nothing is run. */
const unusedContext = new Proxy({}, { get: () => expect.unreachable() }) as Parameters<typeof addCommand>[2];
