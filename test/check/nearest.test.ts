import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearest, suggest } from "../../src/check/nearest.ts";

const known = ["status", "usage.outputTokens", "usage.totalTokens", "error.code", "ttft", "id", "sequence-gap"];

describe("the nearest word", () => {
  test.each([
    ["statu", "status", "a letter is missing"],
    ["statuss", "status", "a letter is too many"],
    ["stetus", "status", "a letter is wrong"],
    ["sttaus", "status", "two letters are exchanged"],
    ["satuts", "status", "two slips"],
    ["STATUS", "status", "case differs"],
    ["usage.output_tokens", "usage.outputTokens", "a provider spells it so"],
    ["sequence_gap", "sequence-gap", "a dash is a line"],
    ["totalTokens", "usage.totalTokens", "the last part stands alone"],
    ["cod", "error.code", "the last part stands alone, with a slip"],
    ["tsatsu", "status", "two pairs are exchanged"],
    ["ttftMillis", "ttft", "it begins with a word"],
    ["usage", "usage.outputTokens", "it begins two words"],
    ["ID", "id", "it is too short for a slip, and has none"],
  ])("of %s is %s, where %3$s", (typed, meant) => {
    expect(nearest(typed, known)).toBe(meant);
  });

  test.each(["sxaxux", "ix", "colour", "tt", "", "idle", "final-status", "tok"])("does not exist for %j", (typed) => {
    expect(nearest(typed, known)).toBeNull();
  });

  test("is the one with fewer typos, whatever the order", () => {
    expect(nearest("rents", ["rests", "rent", "rents"])).toBe("rents");
    expect(nearest("warnin", ["warming", "warning"])).toBe("warning");
  });

  test("is preferably a whole word, not a last part", () => {
    expect(nearest("statsu", ["http.status", "status"])).toBe("status");
  });

  test("of a word of three letters is at most one typo away", () => {
    const letters = ["a", "b", "c"];
    const words = (length: number) => fc.array(fc.constantFrom(...letters), { minLength: length, maxLength: length });
    const known = fc.integer({ min: 1, max: 5 }).chain(words);
    fc.assert(
      fc.property(words(3), known, (typed, known) => {
        const word = known.join("");
        expect(nearest(typed.join(""), [word]) === word).toBe(oneSlipFrom(typed, letters).has(word));
      }),
      { numRuns: 2000 },
    );
  });

  test("of a known word is the word itself", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 1 }), (words) => {
        for (const word of words) expect(nearest(word, words)).toBe(word);
      }),
    );
  });
});

test("a hint names the nearest word, or else all allowed words", () => {
  expect(suggest("eror", ["error", "warning"])).toBe("did you mean error?");
  expect(suggest("fatal", ["error", "warning"])).toBe("allowed are error, warning");
});

/** A word, and all variants of it with one typo. */
function oneSlipFrom(word: readonly string[], letters: readonly string[]): Set<string> {
  const slips = [word];
  for (let index = 0; index <= word.length; index += 1) {
    for (const letter of letters) slips.push(word.toSpliced(index, 0, letter), word.toSpliced(index, 1, letter));
    slips.push(word.toSpliced(index, 1), word.toSpliced(index, 2, ...word.slice(index, index + 2).toReversed()));
  }
  return new Set(slips.map((slip) => slip.join("")));
}
