import { describe, expect, test } from "vitest";
import { createTextBuffer } from "../src/text-buffer.ts";

describe("a text buffer", () => {
  test("is empty before anything was appended", () => {
    expect(createTextBuffer().toString()).toBe("");
  });

  test.each([1, 511, 512, 513, 1024, 3000])("gives %i pieces back in their order", (count) => {
    const pieces = Array.from({ length: count }, (_, index) => `${index} `);
    const buffer = createTextBuffer();
    for (const piece of pieces) buffer.append(piece);
    expect(buffer.toString()).toBe(pieces.join(""));
  });

  test("goes on growing after it was read", () => {
    const buffer = createTextBuffer();
    buffer.append("a");
    expect(buffer.toString()).toBe("a");
    buffer.append("b");
    expect(buffer.toString()).toBe("ab");
  });

  test("forgets all that it held when it is replaced", () => {
    const buffer = createTextBuffer();
    for (let count = 0; count < 2000; count += 1) buffer.append("old");
    buffer.replace("new");
    expect(buffer.toString()).toBe("new");
    buffer.append("er");
    expect(buffer.toString()).toBe("newer");
  });
});
