// Dividing the bytes of one connection into whole events.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventTooLargeError, TransportError } from "../../src/errors.ts";
import { createWholeEvents, type WholeEventsOptions } from "../../src/joining/whole-events.ts";

const plain: WholeEventsOptions = {
  maxEventBytes: 1000,
  lastEventId: "",
  isJoined: false,
  admits: () => true,
  retry: () => {},
};

/** The bytes passed on after each chunk. */
function pushAll(chunks: readonly string[], options: Partial<WholeEventsOptions> = {}): string[] {
  const events = createWholeEvents({ ...plain, ...options });
  return chunks.map((chunk) => Buffer.concat(events.push(Buffer.from(chunk))).toString());
}

/** The bytes passed on of a text in pieces of `size` bytes, and those held at the end. */
function divided(
  text: string,
  size: number,
  options: Partial<WholeEventsOptions> = {},
): { passed: string; rest: string } {
  const events = createWholeEvents({ ...plain, ...options });
  const all = Buffer.from(text, "latin1");
  let passed = "";
  for (let start = 0; start < all.length; start += size) {
    for (const piece of events.push(all.subarray(start, start + size))) passed += Buffer.from(piece).toString("latin1");
  }
  const end = events.end();
  expect(end.passedBytes).toBe(passed.length);
  return { passed, rest: Buffer.from(end.rest).toString("latin1") };
}

describe("bytes are passed on", () => {
  test.each([
    ["when an event's blank line arrives", ["data: a\n", "\n"], ["", "data: a\n\n"]],
    ["when a block without data ends", ["id: 1\n", "\nda"], ["", "id: 1\n\n"]],
    ["when a comment between events ends", [": a", "\n:", "b\n"], ["", ": a\n", ":b\n"]],
    ["not when a comment within an event ends", ["data: a\n: b\n", "\n"], ["", "data: a\n: b\n\n"]],
    ["through the LF of a CRLF", ["data: a\r\n\r\n"], ["data: a\r\n\r\n"]],
    ["through the CR of a CRLF, and its LF when it arrives", ["data: a\r\n\r", "\nd"], ["data: a\r\n\r", "\n"]],
    ["as they are, empty chunks too", ["", "data: a\n\n", ""], ["", "data: a\n\n", ""]],
  ])("%s", (_, chunks, passed) => {
    expect(pushAll(chunks)).toEqual(passed);
  });
});

test("bytes passed on and bytes held together equal the input, at any chunking", () => {
  const lines = fc.array(fc.constantFrom("data: a", ": b", "", "id: c", "\ufeff", "é"), { maxLength: 12 });
  const lineEnds = fc.array(fc.constantFrom("\n", "\r", "\r\n"), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(lines, lineEnds, fc.integer({ min: 1, max: 20 }), (lines, ends, size) => {
      const text = lines.map((line, index) => Buffer.from(line).toString("latin1") + (ends[index] ?? "")).join("");
      const { passed, rest } = divided(text, size);
      expect(passed + rest).toBe(text);
      expect(divided(text, text.length + 1)).toEqual({ passed, rest });
    }),
  );
});

test("an event that is not admitted is left out with its line ends, at any chunking", () => {
  for (const lineEnd of ["\n", "\r", "\r\n"]) {
    const [yes, no, comment] = ["data: yes\n\n", "id: 1\ndata: no\n\n", ": c\n"].map((text) =>
      text.replaceAll("\n", lineEnd),
    );
    for (let size = 1; size < 40; size += 1) {
      expect(divided(`${no}${yes}${no}${no}${comment}${yes}da`, size, { admits: ({ data }) => data !== "no" })).toEqual(
        {
          passed: `${yes}${comment}${yes}`,
          rest: "da",
        },
      );
    }
  }
});

test("the byte order mark is passed on, but not in the middle of a stream", () => {
  const text = Buffer.from("\ufeffdata: a\n\n").toString("latin1");
  for (const size of [1, 2, 3, 50]) {
    expect(divided(text, size).passed).toBe(text);
    expect(divided(text, size, { isJoined: true }).passed).toBe("data: a\n\n");
  }
});

test("the end has the last id, which stays if no other arrives, and the cut event", () => {
  const events = createWholeEvents({ ...plain, lastEventId: "7" });
  events.push(Buffer.from("data: a\n\nid: 8\ndata: cut"));
  expect(events.end()).toMatchObject({ lastEventId: "7", pending: { data: "cut" }, isWhole: true });
});

describe("an event that is too large to hold", () => {
  test("is passed on in pieces, and so is everything after it", () => {
    const events = createWholeEvents({ ...plain, maxEventBytes: 10 });
    const passed = ["data: a\n\ndata: 12", "345678", "9\n\n", "data: b"].map((chunk) =>
      Buffer.concat(events.push(Buffer.from(chunk))).toString(),
    );
    expect(passed).toEqual(["data: a\n\n", "data: 12345678", "9\n\n", "data: b"]);
    expect(events.end()).toMatchObject({ isWhole: false, rest: Buffer.alloc(0) });
  });

  test("is not thrown", () => {
    const options = {
      admits() {
        throw new EventTooLargeError(1, { line: 1, offset: 0 });
      },
    };
    expect(pushAll(["data: a\n\n"], options)).toEqual(["data: a\n\n"]);
  });
});

test("an error of `admits` is thrown, and its event is neither passed on nor held", () => {
  const events = createWholeEvents({
    ...plain,
    admits() {
      throw new TransportError("X", "x");
    },
  });
  events.push(Buffer.from("data: a\n"));
  expect(() => events.push(Buffer.from("\n"))).toThrow(TransportError);
  expect(events.end().rest).toHaveLength(0);
});
