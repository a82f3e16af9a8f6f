import { expect, test } from "vitest";
import { readStringLiteral, unescape } from "../../../src/framing/printed/string-literal.ts";

test.each([
  ["'a'", "a"],
  [`"a'b"`, "a'b"],
  [String.raw`'a\'b'`, "a'b"],
  [String.raw`b'\xc3\xa9\n'`, "é\n"],
  [String.raw`"\u{1f30a}\e[0m"`, "\u{1f30a}\u001B[0m"],
  [String.raw`"\q"`, String.raw`\q`],
])("%s is read", (text, value) => {
  expect(readStringLiteral(text, 0)).toEqual({ value, end: text.length });
});

test("text that does not begin or end like a literal is not one", () => {
  for (const text of ["", "a", "'a", String.raw`'a\'`]) expect(readStringLiteral(text, 0)).toBeNull();
});

test("a text without escapes is unchanged", () => {
  expect(unescape("é ", true)).toBe("é ");
});
