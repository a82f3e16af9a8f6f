import { expect, test } from "vitest";
import { isError, readError } from "../../../src/dialects/reader/in-band-error.ts";

test.each([
  [{ type: "error", code: "overloaded", message: "later" }, "message", { type: null, code: "overloaded" }],
  [{ type: "error", error: { type: "overloaded_error", message: "later" } }, "message", { type: "overloaded_error" }],
  [{ error: { code: 429, status: "RESOURCE_EXHAUSTED", message: "later" } }, "message", { code: "429" }],
  [{ error: { status: "RESOURCE_EXHAUSTED", message: "later" } }, "message", { code: "RESOURCE_EXHAUSTED" }],
  [{ error: "later" }, "message", { type: null, code: null }],
  [{ error: "overloaded", message: "later" }, "message", { code: "overloaded" }],
  [{ message: "later" }, "error", { type: null, code: null }],
])("%j in an event named %s is an error", (value, name, expected) => {
  expect(isError(value, name)).toBe(true);
  expect(readError(value)).toMatchObject({ message: "later", ...expected });
});

test.each([[{}], [{ error: null }], [{ error: "" }], [{ error: false }], [{ type: "errors" }], [{ message: "later" }]])(
  "%j is not an error",
  (value) => {
    expect(isError(value, "message")).toBe(false);
  },
);
