import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findSeam } from "../../../src/rules/watching/json-seam.ts";

const json = fc
  .oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()))
  .map((value) => JSON.stringify(value));
const border = fc.constantFrom("", "\n", "\r\n", "data: ", "\ndata:", "event: x\ndata: ", "\nevent: x\n");
const piece = fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", "1", "\n", "[DONE]", "data:");

test("The seam of two JSON values is where the second one begins.", () => {
  fc.assert(
    fc.property(json, border, json, (first, border, second) => {
      expect(findSeam(first + border + second)).toBe(first.length + border.length);
    }),
  );
});

test("There is no seam in one JSON value, or in the beginning of one.", () => {
  fc.assert(
    fc.property(json, fc.nat(), (value, length) => {
      expect(findSeam(value)).toBeNull();
      expect(findSeam(value.slice(0, length))).toBeNull();
    }),
  );
});

test("No text throws, and a seam is always within it, before a bracket.", () => {
  fc.assert(
    fc.property(fc.string({ unit: piece }), (text) => {
      const seam = findSeam(text);
      expect(seam === null || (seam > 0 && /^[{[]/.test(text.slice(seam)))).toBe(true);
    }),
  );
});

test("In cut data, the seam is after the field of the next event.", () => {
  const cut = '{"choices":[{"delta":{"role":"assistant"';
  expect(findSeam(`${cut}data: {"id":"b"}`)).toBe(cut.length + "data: ".length);
  expect(findSeam(`${cut}data: {"id":"b`)).toBeNull();
  expect(findSeam(`${cut},"content":"data: {\\"id\\":1}`)).toBeNull();
});
