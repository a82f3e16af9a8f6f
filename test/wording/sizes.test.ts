import { describe, expect, test } from "vitest";
import { formatSize, GIBIBYTE, MEBIBYTE, parseSize } from "../../src/wording/sizes.ts";

describe("a size is parsed", () => {
  test.each([
    ["1", 1],
    ["1048576", MEBIBYTE],
    ["4k", 4096],
    ["4 KB", 4096],
    ["4KiB", 4096],
    ["64MiB", 64 * MEBIBYTE],
    ["20m", 20 * MEBIBYTE],
    ["2G", 2 * GIBIBYTE],
    ["10b", 10],
    ["99999999999G", Number.MAX_SAFE_INTEGER],
  ])("from %j", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(["", "0", "0G", "-1", "1.5M", "lots", "1T", "1 K B", "KiB"])("and not from %j", (text) => {
    expect(parseSize(text)).toBeNull();
  });
});

test.each([
  [1000, "1000 bytes"],
  [4096, "4096 bytes"],
  [64 * MEBIBYTE, "64 MiB"],
  [1024 * MEBIBYTE, "1 GiB"],
  [4 * GIBIBYTE, "4 GiB"],
])("%d bytes are written in the largest unit that leaves no remainder", (bytes, words) => {
  expect(formatSize(bytes)).toBe(words);
});
