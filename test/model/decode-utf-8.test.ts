import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8 } from "../../src/model/decode-utf-8.ts";

/** Decodes the bytes, with others around them, and as Buffer.toString does. */
function both(bytes: Buffer): [decoded: string, expected: string] {
  const within = Buffer.concat([Buffer.from("é{"), bytes, Buffer.from("}漢")]);
  return [decodeUtf8(within, 3, 3 + bytes.length), bytes.toString("utf8")];
}

test.each([
  ["short", "héllo"],
  ["ASCII", "a".repeat(1000)],
  ["of many scripts", "aé漢👋\u0000\u2028".repeat(100)],
  ["of more than 1 MB", "漢".repeat(400_000)],
  ["with byte order marks", `\ufeff${"漢".repeat(200)}\ufeff`],
])("A text is decoded: %s.", (_, text) => {
  const [decoded, expected] = both(Buffer.from(text));
  expect(decoded).toBe(text);
  expect(decoded).toBe(expected);
  expect(decodeUtf8(Buffer.from(text))).toBe(text);
});

test("Any bytes are decoded as Buffer.toString does, invalid ones too.", () => {
  const pieces = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const [decoded, expected] = both(Buffer.concat(parts));
      expect(decoded === expected).toBe(true);
    }),
  );
});
