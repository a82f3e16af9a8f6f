import { describe, expect, test } from "vitest";
import { formOf, keyFamilies, keys } from "../../../src/check/expectation-values.ts";
import { parseExpectation } from "../../../src/check/expectation.ts";
import { run } from "../../support/io.ts";

/** The help about expectations. */
async function helpAt(terminalColumns: number): Promise<string> {
  const { stdout } = await run(["check", "--help"], { terminalColumns, env: { NO_COLOR: "1" } });
  return stdout.slice(stdout.indexOf("Expectations:"), stdout.indexOf("Examples:"));
}

describe("The help of expectations", () => {
  test("names every key once, with its kind.", async () => {
    const names = [...keys.map(({ name }) => name), ...keyFamilies.map(formOf)];
    const help = await helpAt(100);
    const listed = [...help.matchAll(/^ {2}(\w\S*) +(?:text|number|duration|names) +\S/gm)].map(([, name]) => name);
    expect(listed).toHaveLength(names.length);
    expect(new Set(listed)).toEqual(new Set(names));
  });

  test("shows expectations that can be parsed.", async () => {
    const [introduction = ""] = (await helpAt(100)).split("\n\n", 1);
    const examples = introduction.match(/[\w.]+(?:[!^$*~<>]?=)[^\s',]+/g) ?? [];
    expect(examples).toEqual(["verdict=completed", "model^=gpt-4o", "usage.outputTokens<=500", "text~=/hey/i"]);
    for (const example of examples) expect(parseExpectation(example).source).toBe(example);
  });

  test.each([60, 80, 100, 200])("fits a terminal of %i columns.", async (columns) => {
    const help = await helpAt(columns);
    expect(help.split("\n").filter((line) => line.length > columns)).toEqual([]);
  });
});
