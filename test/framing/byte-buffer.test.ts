import { describe, expect, test } from "vitest";
import { createByteBuffer } from "../../src/framing/byte-buffer.ts";

const MEBIBYTE = 1024 ** 2;

describe("a byte buffer", () => {
  test.each([1, 4095, 4097, 300_000, 3 * MEBIBYTE])("returns the added bytes, in chunks of %i bytes", (size) => {
    const buffer = createByteBuffer();
    // Twice: bytes of the first round must not appear in the second.
    for (const seed of [1, 2]) {
      const whole = Buffer.from(Uint32Array.from({ length: Math.max(size, 1000) }, (_, at) => at * seed).buffer);
      for (let at = 0; at < whole.length; at += size) buffer.append(whole, at, Math.min(at + size, whole.length));
      expect(buffer.length).toBe(whole.length);
      expect(buffer.view().equals(whole)).toBe(true);
      buffer.clear();
      expect(buffer.length).toBe(0);
    }
  });

  test("holds more than it reserves", () => {
    const buffer = createByteBuffer();
    const piece = Buffer.alloc(10 * MEBIBYTE, "x");
    for (let count = 0; count < 15; count += 1) buffer.append(piece);
    buffer.append(Buffer.from("end"));
    expect(buffer.length).toBe(150 * MEBIBYTE + 3);
    expect(buffer.view().subarray(-5).toString()).toBe("xxend");
    expect(buffer.view().lastIndexOf("x")).toBe(150 * MEBIBYTE - 1);
  });

  test("releases large memory when it is freed, and can be used again", () => {
    const buffer = createByteBuffer();
    buffer.append(Buffer.alloc(MEBIBYTE));
    const view = buffer.view();
    buffer.free();
    expect([buffer.length, view.length]).toEqual([0, 0]);
    buffer.append(Buffer.from("again"));
    expect(buffer.view().toString()).toBe("again");
  });
});
