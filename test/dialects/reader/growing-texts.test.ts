import { expect, test } from "vitest";
import { createGrowingTexts } from "../../../src/dialects/reader/growing-texts.ts";

function added(...texts: readonly string[]): string[] {
  const growing = createGrowingTexts();
  return texts.map((text) => growing.added("a", text));
}

test.each([
  ["pieces", ["Low", " tide", " at", ""], ["Low", " tide", " at", ""]],
  ["whole texts", ["Low", "Low tide", "Low tide", "Low tide at"], ["Low", " tide", "", " at"]],
  ["whole texts that begin empty", ["", "Low", "", "Low tide"], ["", "Low", "", " tide"]],
  ["pieces that are alike", ["ha", "ha", "haha"], ["ha", "ha", "haha"]],
  ["a whole text that is written anew", ["Low", "Low tide", "Lou tides"], ["Low", " tide", "s"]],
  ["a whole text that gets shorter", ["Low", "Low tide", "Low"], ["Low", " tide", ""]],
])("Reads %s", (_, texts, expected) => {
  expect(added(...texts)).toEqual(expected);
});

test("One text shows for all of a stream which it is", () => {
  const growing = createGrowingTexts();
  for (const text of ["a", "ab"]) growing.added("thought", text);
  expect([growing.added("answer", "x"), growing.added("answer", "x")]).toEqual(["x", ""]);
});
