import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactDigit, redactOpaqueUnit, redactUnit } from "../../../src/capture/redact/text.ts";
import { rewriteUnits } from "../../../src/capture/redact/units.ts";

function mapped(text: string, map: (unit: number) => number): string {
  return String.fromCharCode(...Array.from({ length: text.length }, (_, place) => map(text.charCodeAt(place))));
}

/** Rewrites the content of a JSON string as text. */
function rewritten(inner: string | Buffer, escapes = true): Buffer {
  const bytes = Buffer.from(inner);
  rewriteUnits(bytes, 0, bytes.length, redactUnit, escapes);
  return bytes;
}

describe("A character of text", () => {
  test("becomes another of its kind; spaces and punctuation stay.", () => {
    expect(mapped("Ahoy, ship 42!\n«Čaj» — 海\u3000😀", redactUnit)).toBe("Xxxx, xxxx 00!\nééxxé — 一\u3000😀");
  });

  test("keeps its number of bytes and code units, wherever a text is cut.", () => {
    const cut = fc.tuple(fc.string({ unit: "binary" }), fc.nat());
    fc.assert(
      fc.property(cut, ([text, at]) => {
        const copy = mapped(text, redactUnit);
        expect(copy.length).toBe(text.length);
        expect(Buffer.byteLength(copy)).toBe(Buffer.byteLength(text));
        const place = at % (text.length + 1);
        expect(mapped(text.slice(0, place), redactUnit) + mapped(text.slice(place), redactUnit)).toBe(copy);
      }),
    );
  });

  test("of base64 reveals nothing, not even whether it is a letter.", () => {
    expect(mapped("aB9+/-_==", redactOpaqueUnit)).toBe("AAAAAAA==");
  });

  test("of a number becomes a digit that every number may begin with.", () => {
    expect(mapped("-10.50e7", redactDigit)).toBe("-11.11e1");
  });
});

describe("A JSON string in bytes", () => {
  test("gives the same text whether its characters are raw or escaped.", () => {
    const spelling = fc.array(fc.tuple(fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }), fc.boolean()));
    fc.assert(
      fc.property(spelling, (characters) => {
        const raw = characters.map(([character]) => JSON.stringify(character).slice(1, -1)).join("");
        const mixed = characters
          .map(([character, isEscaped]) => (isEscaped ? escaped(character) : JSON.stringify(character).slice(1, -1)))
          .join("");
        expect(JSON.parse(`"${rewritten(mixed).toString()}"`)).toBe(JSON.parse(`"${rewritten(raw).toString()}"`));
        expect(rewritten(mixed).length).toBe(Buffer.byteLength(mixed));
      }),
    );
  });

  test("keeps a surrogate a surrogate, so that a pair still joins.", () => {
    const [first, second] = [rewritten("\\ud83c").toString(), rewritten("\\udf0a").toString()];
    expect(JSON.parse(`"${first}${second}"`)).toBe(rewritten("🌊").toString());
  });

  test.each([
    ["an invalid escape", "a\\qb", "x\\xx"],
    ["an escape that another letter would make valid", "a\\pn", "x\\xx"],
    ["too few digits", "a\\u12", "x\\u00"],
    ["invalid digits", "a\\u12zz", "x\\u00xx"],
    ["a backslash at the end", "a\\", "x\\"],
  ])("stays invalid in the same way: %s", (_, inner, expected) => {
    expect(rewritten(inner).toString()).toBe(expected);
    expect(() => JSON.parse(`"${rewritten(inner).toString()}"`)).toThrow(SyntaxError);
  });

  test("keeps invalid UTF-8 at the same place, and it decodes to as many characters.", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom("ef", "efbf", "ef80", "e4b8", "f09f98", "eda080", "c080", "f4908080", "ff", "e9")
        .map((hex) => Buffer.from(hex, "hex")),
      fc.string({ unit: "grapheme" }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const bytes = Buffer.concat(pieces);
        const copy = rewritten(bytes, false);
        expect(copy.length).toBe(bytes.length);
        expect(faultsOf(copy)).toEqual(faultsOf(bytes));
        expect(firstFault(copy)).toBe(firstFault(bytes));
      }),
    );
  });
});

function escaped(text: string): string {
  return Array.from({ length: text.length }, (_, place) => {
    return `\\u${text.charCodeAt(place).toString(16).padStart(4, "0")}`;
  }).join("");
}

/** The positions of U+FFFD in the decoded text, in UTF-16 code units. */
function faultsOf(bytes: Buffer): number[] {
  return Array.from(bytes.toString("utf8").matchAll(/\ufffd/g), ({ index }) => index);
}

/** The first byte that differs after decoding and encoding. */
function firstFault(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString("utf8"));
  return bytes.findIndex((byte, place) => byte !== again[place]);
}
