import { describe, expect, test } from "vitest";
import { classNameOf } from "../../src/reporters/class-name.ts";

describe("a source as the name of a class", () => {
  test.each([
    ["hey.sse", "hey_sse"],
    ["captures/openai/hey.sse", "captures.openai.hey_sse"],
    ["./captures/../hey.sse", "captures.hey_sse"],
    ["/srv/captures/v1.2/hey.sse.gz", "srv.captures.v1_2.hey_sse_gz"],
    [String.raw`C:\captures\hey.sse`, "C:.captures.hey_sse"],
    ["https://api.example/v1/responses?key=a/b#c", "api_example.v1.responses"],
    ["-", "stdin"],
    ["..", "source"],
  ])("%s is %s", (source, name) => {
    expect(classNameOf(source)).toBe(name);
  });

  test("is short", () => {
    expect(classNameOf("x".repeat(10_000)).length).toBeLessThan(200);
    expect(classNameOf("x/".repeat(10_000)).length).toBeLessThan(200);
  });
});
