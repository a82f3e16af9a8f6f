import { expect, test } from "vitest";
import { bytesOfPollyText, isHex } from "../../../src/framing/archive/hexadecimal.ts";

function list(encoding: "hex" | "base64"): string {
  return JSON.stringify(["data", ": 1?"].map((text) => Buffer.from(text).toString(encoding)));
}

test("Text that is bytes in hexadecimal is told from other text", () => {
  expect(isHex("00ffA0")).toBe(true);
  for (const value of ["", "0", "0g", "data: 00", 7, null]) expect(isHex(value)).toBe(false);
});

test("PollyJS writes bytes that are no text in hexadecimal, and compressed ones as a list", () => {
  expect(bytesOfPollyText(Buffer.from("data: 1?").toString("hex"), null)?.toString()).toBe("data: 1?");
  expect(bytesOfPollyText(list("hex"), "gzip")?.toString()).toBe("data: 1?");
  expect(bytesOfPollyText(list("base64"), "br")?.toString()).toBe("data: 1?");
});

test("Other text is as it is", () => {
  for (const text of ["data: 1\n\n", '["a"]', '["00"', "[]", ""]) expect(bytesOfPollyText(text, null)).toBeNull();
  expect(bytesOfPollyText('["00", 7]', "gzip")).toBeNull();
  expect(bytesOfPollyText('["00"', "gzip")).toBeNull();
});
