import { describe, expect, test } from "vitest";
import { createKeptBytes } from "../../../src/views/show/kept-bytes.ts";

function textOf(pieces: readonly Uint8Array[]): string {
  return pieces.map((piece) => Buffer.from(piece).toString()).join("");
}

describe("the bytes that are kept of a stream", () => {
  test("are found by their offsets, whatever pieces they came in", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("abc"), 10);
    kept.add(Buffer.from("def"), 13);
    // A chunk's size is between them.
    kept.add(Buffer.from("ghi"), 20);
    expect(textOf(kept.between(11, 22))).toBe("bcdefgh");
    kept.drop(16);
    expect(textOf(kept.between(0, 100))).toBe("ghi");
  });

  test("have with a CR the LF that is of the same line end", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("a\r\n\r"), 0);
    kept.add(Buffer.from("\nb"), 4);
    expect(textOf(kept.between(0, 4))).toBe("a\r\n\r\n");
    expect(textOf(kept.between(0, 2))).toBe("a\r\n");
  });

  test("are whole lines where several have one place", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("event: a\n"), 0);
    kept.add(Buffer.from("data: 1\n"), 50);
    kept.add(Buffer.from("\n"), 50);
    kept.add(Buffer.from("event: b\n"), 51);
    expect(textOf(kept.between(0, 51))).toBe("event: a\ndata: 1\n\n");
    expect(textOf(kept.between(51, 60))).toBe("event: b\n");
  });

  test("are no more than the largest event, and what came with it", () => {
    const kept = createKeptBytes(10);
    for (let index = 0; index < 100; index += 1) kept.add(Buffer.from("1234"), index * 4);
    expect(textOf(kept.between(0, 400))).toHaveLength(12);
  });
});
