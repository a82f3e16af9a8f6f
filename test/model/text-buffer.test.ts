import { describe, expect, test } from "vitest";
import { TextBuffer } from "../../src/model/text-buffer.ts";
import { characterCount } from "../../src/wording/characters.ts";

describe("a text buffer", () => {
  test("is empty before anything was appended", () => {
    expect(new TextBuffer().toString()).toBe("");
  });

  test.each([1, 511, 512, 513, 1024, 3000])("returns %i pieces in order", (count) => {
    const pieces = Array.from({ length: count }, (_, index) => `${index} `);
    const buffer = new TextBuffer();
    for (const piece of pieces) buffer.append(piece);
    expect(buffer.toString()).toBe(pieces.join(""));
  });

  test("can grow after it was read", () => {
    const buffer = new TextBuffer();
    buffer.append("a");
    expect(buffer.toString()).toBe("a");
    buffer.append("b");
    expect(buffer.toString()).toBe("ab");
  });

  test("drops its contents when it is replaced", () => {
    const buffer = new TextBuffer();
    for (let count = 0; count < 2000; count += 1) buffer.append("old");
    buffer.replace("new");
    expect(buffer.toString()).toBe("new");
    buffer.append("er");
    expect(buffer.toString()).toBe("newer");
  });

  test("keeps the first characters of a text over its limit, in whatever pieces it arrives", () => {
    for (const size of [1, 3, 7, 100]) {
      const text = "abcdefghij".repeat(10);
      const buffer = new TextBuffer(25);
      for (let at = 0; at < text.length; at += size) buffer.append(text.slice(at, at + size));
      expect(buffer).toMatchObject({ isCut: true, length: 25 });
      expect(buffer.toString()).toBe(text.slice(0, 25));
    }
  });

  test("returns every character, and halves of characters too, wherever pieces and blocks end", () => {
    const unit = "aé漢👋\ud83d\udc4b";
    for (const size of [1, 5, 4096]) {
      const text = unit.repeat(9000) + "\ud83d";
      const buffer = new TextBuffer();
      for (let at = 0; at < text.length; at += size) buffer.append(text.slice(at, at + size));
      expect(buffer.length).toBe(text.length);
      expect(buffer.toString() === text).toBe(true);
      buffer.compact();
      buffer.append("x");
      expect(buffer.toString() === `${text}x`).toBe(true);
    }
  });

  test("takes the texts of stretches, and counts their characters", () => {
    const mostKept = 5000;
    for (const texts of [
      ["a"],
      ["é👋".repeat(300)],
      ["a", "👋".repeat(300), "b"],
      ["x".repeat(4000), "y".repeat(4000)],
    ]) {
      const [buffer, expected] = [new TextBuffer(mostKept), new TextBuffer(mostKept)];
      for (const text of texts) {
        const utf8 = Buffer.from(text);
        const { length } = text;
        buffer.appendStretch({ utf8, length, characters: characterCount(text), toString: () => text });
        buffer.append("\ud83d");
        expected.append(text);
        expected.append("\ud83d");
      }
      expect(buffer.toString()).toBe(expected.toString());
      expect(buffer).toMatchObject({ length: expected.length, isCut: expected.isCut });
      for (const either of [buffer, expected]) expect(either.characters).toBe(characterCount(expected.toString()));
      buffer.replace("é👋");
      expect(buffer.characters).toBe(2);
    }
  });
});
