import { describe, expect, test } from "vitest";
import { readHeaders, readStatus, readStatusText } from "../../../src/framing/archive/recorded-headers.ts";

describe("Headers are read in the shape that a recorder gives them", () => {
  test.each<[string, unknown]>([
    ["an object of values", { "X-A": "0", "Content-Type": "a/b" }],
    ["an object of lists", { "Content-Type": ["a/b", "c/d"] }],
    ["names and values in turn", ["X-A", "0", "Content-Type", "a/b"]],
    ["pairs", [["Content-Type", "a/b"]]],
    [
      "objects",
      [
        { name: "X-A", value: "0" },
        { name: "content-type", value: "a/b" },
      ],
    ],
  ])("%s", (_, value) => {
    expect(readHeaders(value)("content-type")).toBe("a/b");
    expect(readHeaders(value)("location")).toBeNull();
  });

  test.each<[unknown]>([[null], [undefined], [7], ["content-type"], [[]], [[null]], [{ "content-type": 7 }]])(
    "%j has none",
    (value) => {
      expect(readHeaders(value)("content-type")).toBeNull();
    },
  );
});

test.each<[unknown, number | null, string]>([
  [200, 200, ""],
  ["200 OK", 200, "OK"],
  [{ code: 404, message: "Not Found" }, 404, "Not Found"],
  [{ status_code: 500 }, 500, ""],
  ["OK", null, "OK"],
  ["2000", null, ""],
  [null, null, ""],
])("%j is a status", (value, code, text) => {
  expect(readStatus(value)).toBe(code);
  expect(readStatusText(value)).toBe(text);
});
