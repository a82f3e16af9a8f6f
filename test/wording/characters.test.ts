import * as fc from "fast-check";
import { expect, test } from "vitest";
import { characterCount } from "../../src/wording/characters.ts";

test("characters are counted as code points, wherever they are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(characterCount(text)).toBe(Array.from(text).length);
    }),
  );
});
