// Lines of a body are found in its parts, wherever it was divided.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  base64Part,
  type BodyPart,
  createFindLines,
  jsonPart,
  linePart,
  textPart,
} from "../../../src/framing/archive/body-part.ts";
import { parseJsonDocument } from "../../../src/framing/archive/document/json-document.ts";

function placesOf(document: Buffer, parts: readonly BodyPart[], framing = "sse") {
  const parsed = parseJsonDocument(document, "test");
  return createFindLines(parts, parsed.findPlaces(parts.map(({ at }) => at)))(framing);
}

/** Where the lines of a text begin, each with what is left of the text there. */
function linesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|(?<=\r\n|\r(?!\n)|(?<!\r)\n))[^]/g)].map(({ index }) => text.slice(index));
}

test("The lines of parts are those of the whole, each at its place in the document", async () => {
  const text = fc.array(fc.constantFrom("a", "é", "\n", "\r", "\r\n", "\n\n"), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 5 }), async (divided) => {
      const pieces = divided.map((piece) => piece.join(""));
      const document = Buffer.from(JSON.stringify(pieces, null, 1));
      const parts = pieces.flatMap((piece, index) => textPart(piece, [0, index]));
      const places = placesOf(document, parts);
      const expected = linesIn(pieces.join(""));
      expect(places).toHaveLength(expected.length);
      for (const [index, { line, offset }] of places.entries()) {
        expect(document.toString("latin1", 0, offset).split("\n")).toHaveLength(line);
        const rest = document.toString("utf8", offset).split('"', 1)[0] ?? "";
        expect(expected[index]?.startsWith(JSON.parse(`"${rest}"`))).toBe(true);
      }
    }),
  );
});

test("Each line of a part that is encoded is where the part begins", async () => {
  const pieces = ["data: 1\n\nda", "ta: 2\n\n"].map((piece) => Buffer.from(piece).toString("base64"));
  const document = Buffer.from(JSON.stringify(pieces, null, 1));
  const places = placesOf(
    document,
    pieces.flatMap((piece, index) => base64Part(piece, [0, index])),
  );
  expect(places.map(({ line }) => line)).toEqual([2, 2, 2, 3]);
});

test("A value of a list may be a line, or an event", async () => {
  const document = Buffer.from(
    JSON.stringify(
      [
        ["data: 1", ""],
        [{ a: 1 }, { b: 2 }],
      ],
      null,
      1,
    ),
  );
  const lines = ["data: 1", ""].flatMap((line, index) => linePart(line, [0, 0, index]));
  expect(placesOf(document, lines).map(({ line }) => line)).toEqual([3, 4]);
  const events = [{ a: 1 }, { b: 2 }].flatMap((event, index) => jsonPart(event, [0, 1, index], "\n"));
  expect(placesOf(document, events).map(({ line }) => line)).toEqual([7, 10]);
});

test("A value that is missing has no place, and no body", async () => {
  expect(placesOf(Buffer.from("{}"), textPart("a", [0, "b"]))).toEqual([]);
  expect(textPart(7, [])).toEqual([]);
  expect(base64Part(null, [])).toEqual([]);
  expect(jsonPart(undefined, [])).toEqual([]);
  const circle: unknown[] = [];
  circle.push(circle);
  expect(jsonPart(circle, [])).toEqual([]);
});

test("A frame that says it has no length does not stop the search", async () => {
  const pieces = [Buffer.alloc(8), Buffer.alloc(4)].map((piece) => piece.toString("base64"));
  const document = Buffer.from(JSON.stringify(pieces));
  const parts = pieces.flatMap((piece, index) => base64Part(piece, [0, index]));
  expect(placesOf(document, parts, "aws-eventstream")).toHaveLength(3);
});
