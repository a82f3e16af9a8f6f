import { describe, expect, test } from "vitest";
import { differ, namePart } from "../../../src/rules/watching/text-difference.ts";

describe("Two texts differ", () => {
  test("at their first different character", () => {
    expect(differ("abc", "abd")).toMatchObject({ at: 2, expected: "abc", seen: "abd" });
    expect(differ("abc", "ab")).toMatchObject({ at: 2 });
    expect(differ("", "ab")).toMatchObject({ at: 0, expected: "", seen: "ab" });
  });

  test("and the text around that place is quoted, with a mark where text is left out", () => {
    const before = "0123456789".repeat(3);
    const { expected, seen } = differ(`${before}a${"x".repeat(50)}`, `${before}b`);
    expect(expected).toBe(`…890123456789a${"x".repeat(39)}…`);
    expect(seen).toBe("…890123456789b");
  });

  test("in length", () => {
    expect(differ("abc", "ab").words).toContain("(1 character shorter)");
    expect(differ("ab", "abcd").words).toContain("(2 characters longer)");
    expect(differ("ab", "cd").words).toBe("from character 0 on: “cd” instead of “ab” (2 characters each)");
  });

  test("without splitting a surrogate pair", () => {
    // The same first half of a pair.
    expect(differ("\u{1f600}", "\u{1f601}").at).toBe(0);
    const { expected } = differ(`\u{1f600}${"x".repeat(11)}a`, `\u{1f600}${"x".repeat(11)}b`);
    expect(expected).toBe(`\u{1f600}${"x".repeat(11)}a`);
    const { seen } = differ("", `${"x".repeat(39)}\u{1f600}`);
    expect(seen).toBe(`${"x".repeat(39)}…`);
  });
});

test("A part is named by its number if it is not the first", () => {
  expect(namePart(2, "text", 0)).toBe("the text of item 2");
  expect(namePart(0, "reasoning-summary", 3)).toBe("the reasoning summary of item 0, part 3");
});
