import { describe, expect, test } from "vitest";
import { createKeptBytes } from "../../../src/views/show/kept-bytes.ts";

function textOf(pieces: readonly Uint8Array[]): string {
  return pieces.map((piece) => Buffer.from(piece).toString()).join("");
}

describe("the kept bytes of a stream", () => {
  test("are found by their offsets, in whatever chunks they arrived", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("abc"), 10);
    kept.add(Buffer.from("def"), 13);
    // A chunk size is between them.
    kept.add(Buffer.from("ghi"), 20);
    expect(textOf(kept.between(11, 22))).toBe("bcdefgh");
    kept.drop(16);
    expect(textOf(kept.between(0, 100))).toBe("ghi");
  });

  test("include the LF after a CR of the same line end", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("a\r\n\r"), 0);
    kept.add(Buffer.from("\nb"), 4);
    expect(textOf(kept.between(0, 4))).toBe("a\r\n\r\n");
    expect(textOf(kept.between(0, 2))).toBe("a\r\n");
  });

  test("are whole lines if several share one place", () => {
    const kept = createKeptBytes(1000);
    kept.add(Buffer.from("event: a\n"), 0);
    kept.add(Buffer.from("data: 1\n"), 50);
    kept.add(Buffer.from("\n"), 50);
    kept.add(Buffer.from("event: b\n"), 51);
    expect(textOf(kept.between(0, 51))).toBe("event: a\ndata: 1\n\n");
    expect(textOf(kept.between(51, 60))).toBe("event: b\n");
  });

  test("are limited to the largest event and the chunk that it arrived with", () => {
    const kept = createKeptBytes(10);
    for (let index = 0; index < 100; index += 1) kept.add(Buffer.from("1234"), index * 4);
    expect(textOf(kept.between(0, 400))).toHaveLength(12);
  });
});
