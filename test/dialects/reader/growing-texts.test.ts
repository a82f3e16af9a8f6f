import { expect, test } from "vitest";
import { createGrowingTexts } from "../../../src/dialects/reader/growing-texts.ts";

function added(...texts: readonly string[]): string[] {
  const all: string[] = [];
  const growing = createGrowingTexts({ retell: (_, text) => all.push(`(${text})`) });
  for (const text of texts) all.push(growing.added("a", text));
  return all;
}

test.each([
  ["pieces", ["Low", " tide", " at", ""], ["Low", " tide", " at", ""]],
  ["whole texts", ["Low", "Low tide", "Low tide", "Low tide at"], ["Low", " tide", "", " at"]],
  ["complete texts that begin empty", ["", "Low", "", "Low tide"], ["", "Low", "", " tide"]],
  ["equal deltas", ["ha", "ha", "haha"], ["ha", "ha", "haha"]],
  ["deltas of which the second begins with the first", ["1", "10", " items"], ["1", "0", "(110)", " items"]],
  ["deltas that double", ["#", "##", "####", " Title"], ["#", "#", "##", "(#######)", " Title"]],
  ["a shorter text as deltas", ["Low", "Low tide", "Low"], ["Low", " tide", "(LowLow tide)", "Low"]],
  [
    "a complete text that is rewritten late",
    [...Array.from({ length: 10 }, (_, at) => "Low tide".repeat(at + 1)), `${"Low tide".repeat(9)}Low time.`],
    [...Array.from({ length: 10 }, () => "Low tide"), "."],
  ],
])("Reads %s", (_, texts, expected) => {
  expect(added(...texts)).toEqual(expected);
});

test("One text decides for all texts of a stream", () => {
  const growing = createGrowingTexts();
  for (const text of ["a", "ab"]) growing.added("thought", text);
  expect([growing.added("answer", "x"), growing.added("answer", "xy")]).toEqual(["x", "y"]);
});
