// Properties of every reporter.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { reporters } from "../../src/reporters/index.ts";
import type { Reporter } from "../../src/reporters/reporter.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported, startRun } from "./support/reported.ts";

/** GitHub's runner executes a line that begins with `::`; it and others execute `##name[` anywhere. */
const LOG_COMMAND = /^\s*::|##\w*\[/m;

const all: readonly Reporter[] = reporters;
/** Reporters whose output may be a CI's log; one writes commands itself, others write files with a known reader. */
const forLogs = all.filter(({ name }) => !["github", "html", "markdown"].includes(name));

/** Reporters that write a line for a finding. */
const forLines = new Set(["human", "table", "unix"]);

test("reporters have unique names, and a line for help", () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { title } of all) expect(title).toMatch(/^.{10,70}$/);
});

test.each(all)("$name: no text of a stream reaches a terminal as a command", async (reporter) => {
  const output = await reported(reporter, [hostileStream(everyDisguise)], { isTTY: true, leastShown: "info" });
  expect(output).not.toBe("");
  expect(dangerousIn(output)).toEqual([]);
});

/** JSON is for programs: it contains the text unchanged. */
const forPeople = all.filter(({ name }) => !["json", "ndjson", "rows"].includes(name));

test.each(forPeople)(
  "$name: no text of a stream is a command if the output file is shown on a terminal later",
  async (reporter) => {
    const output = await reported(reporter, [hostileStream(everyDisguise)], { leastShown: "info" });
    expect(output).not.toBe("");
    expect(dangerousIn(output)).toEqual([]);
  },
);

describe.each(forLogs)("$name: no text of a stream and no file name is a command for a CI", (reporter) => {
  test.each([
    ...Object.values(disguises),
    "::error::owned",
    "  ::stop-commands::x",
    "##[add-mask]a",
    "a ##vso[task.complete]b",
  ])("%j", async (text) => {
    const output = await reported(reporter, [hostileStream(text)], { leastShown: "info" });
    expect(output).not.toMatch(LOG_COMMAND);
    const lineCount = forLines.has(reporter.name) ? output.split("\n").length : 0;
    expect(lineCount).toBeLessThan(10);
  });
});

/** Reporters that must wait for more streams keep a bounded part of them. */
test.each(all)("$name: a stream is not kept after it was written", async (reporter) => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: unknown = runInNewContext("gc");
  if (typeof collectGarbage !== "function") throw new Error("there is no gc");
  const run = await startRun(reporter);
  const references: WeakRef<object>[] = [];
  for (let index = 0; index < 300; index += 1) {
    const finding = findingOf({ line: index + 1 });
    references.push(new WeakRef(finding));
    await run.check(checkedOf([finding], { source: `${index}.sse`, checkCode: 1 }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  collectGarbage();
  const held = references.filter((reference) => reference.deref() !== undefined);
  expect(held.length).toBeLessThan(20);
  await run.end();
});
