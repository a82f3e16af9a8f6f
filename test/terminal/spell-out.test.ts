// Bytes as text without invisible characters.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { spellOut } from "../../src/terminal/spell-out.ts";

test.each([
  ["unchanged text", Buffer.from('data: {"city":"Köln 🌊"}\n\n'), 'data: {"city":"Köln 🌊"}\n\n'],
  ["bytes that are not UTF-8", Buffer.from([0x4b, 0xf6, 0x6c, 0x6e]), "K<F6>ln"],
  ["each byte of a cut character", Buffer.from("🌊").subarray(0, 3), "<F0><9F><8C>"],
  [
    "an overlong form, and half of a surrogate pair",
    Buffer.from([0xc0, 0xaf, 0xed, 0xa0, 0x80]),
    "<C0><AF><ED><A0><80>",
  ],
  ["line ends other than LF", Buffer.from("a\r\nb\u2028c\u2029d\u0085e\r"), "a<CR>\nb<U+2028>c<U+2029>d<U+0085>e<CR>"],
])("%s", (_, bytes, text) => {
  expect(spellOut(bytes)).toBe(text);
});

const character = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint));

test("UTF-8 without such line ends is unchanged", () => {
  fc.assert(
    fc.property(fc.array(character), (characters) => {
      const plain = characters.join("").replace(/[\r\u0085\u2028\u2029]/g, "");
      expect(spellOut(Buffer.from(plain))).toBe(plain);
    }),
  );
});

test("a byte is named wherever the standard's decoder finds an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const isUtf8 = Buffer.from(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).equals(bytes);
      expect(/<[89A-F][0-9A-F]>/.test(spellOut(bytes))).toBe(!isUtf8);
    }),
    { numRuns: 1000 },
  );
});
