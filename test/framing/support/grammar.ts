// Random event streams, close enough to the grammar to reach its edge cases.
import * as fc from "fast-check";

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LINE_END = ["\n", "\r", "\r\n"];
const LINE_ENDS = [...LINE_END, "\n\n", "\r\r", "\r\n\r\n", "\n\r"];
const FIELDS = ["data:", "data: ", "data", "event:", "event: ", "event", "id:", "id: ", "id", "retry:", "retry: "];
const LOOKALIKES = ["Data:", "dat", "datas:", "retr", "events:", " data:", "id\0", "data :"];
const VALUES = [":", " ", "  ", "\t", "\0", "x", "[DONE]", '{"a":1}', "0", "12", "007", "9".repeat(25), "1.5", "-1"];
const CHARACTERS = ["é", "€", "🎉", "\u2028", "\u0085", "：", "\u0301"];
const BROKEN_UTF8 = [
  [0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x8e],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff],
  [0xef, 0xbb],
].map((bytes) => Buffer.from(bytes));

function oneOf(tokens: readonly (string | Buffer)[]): fc.Arbitrary<Buffer> {
  return fc.constantFrom(...tokens.map((token) => Buffer.from(token)));
}

const anyToken = fc.oneof(
  { weight: 4, arbitrary: oneOf(LINE_ENDS) },
  { weight: 4, arbitrary: oneOf(FIELDS) },
  { weight: 4, arbitrary: oneOf(VALUES) },
  { weight: 1, arbitrary: oneOf(LOOKALIKES) },
  { weight: 1, arbitrary: oneOf(CHARACTERS) },
  { weight: 1, arbitrary: oneOf(BROKEN_UTF8) },
  { weight: 1, arbitrary: fc.constant(BYTE_ORDER_MARK) },
);

const value = oneOf([...VALUES, ...CHARACTERS, ...BROKEN_UTF8]);
const wholeLine = fc.tuple(oneOf(FIELDS), value, oneOf(LINE_END)).map((parts) => Buffer.concat(parts));
const wholeEvent = fc
  .tuple(wholeLine, oneOf(FIELDS), value, oneOf(LINE_END), fc.constant(Buffer.from("data:")), value, oneOf(LINE_ENDS))
  .map((parts) => Buffer.concat(parts));

const token = fc.oneof(
  { weight: 4, arbitrary: anyToken },
  { weight: 4, arbitrary: wholeLine },
  { weight: 1, arbitrary: wholeEvent },
);

/** Streams made of the grammar's tokens, in any order, sometimes after a byte order mark. */
export const grammarBytes: fc.Arbitrary<Buffer> = fc
  .tuple(fc.boolean(), fc.array(token, { maxLength: 40, size: "max" }))
  .map(([marked, tokens]) => Buffer.concat(marked ? [BYTE_ORDER_MARK, ...tokens] : tokens));

/** Arbitrary bytes. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

/** Sizes for `cutAtSizes`, including 0. */
export const pieceSizes: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 9 }), { maxLength: 100, size: "max" });
