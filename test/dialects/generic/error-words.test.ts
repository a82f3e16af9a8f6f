import { describe, expect, test } from "vitest";
import { hasErrorWords } from "../../../src/dialects/generic/error-words.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

describe("Error messages in an unknown protocol", () => {
  test.each([
    { event: "error" },
    { type: "RUN_ERROR", message: "no" },
    { type: "stream.error" },
    { type: "modelStreamErrorException" },
    { type: "result", is_error: true },
    { error_code: 336006, error_msg: "roles must alternate" },
    { errors: ["no"] },
    { detail: "Not Found" },
    { status: 500, message: "Internal Server Error" },
    { code: 429, msg: "slow down" },
    { success: false, message: "no" },
    { status: "failed" },
    { __type: "ThrottlingException", message: "slow down" },
    { code: "Throttling", message: "Requests rate limit exceeded", request_id: "r1" },
  ])("are in %j", (value) => {
    expect(hasErrorWords(value, "message")).toBe(true);
  });

  test.each([
    { event: "message", answer: "no error" },
    { type: "error_free" },
    { error_code: 0, error_msg: "" },
    { errors: [] },
    { error: "" },
    { is_error: false },
    { detail: "a room with a view", price: 3 },
    { status: 200, message: "fine" },
    { code: 429 },
    { success: true, message: "fine" },
    { code: "SUCCESS", message: "fine" },
    { code: "print(1)", message: "run this", output: "1" },
  ])("are not in %j", (value) => {
    expect(hasErrorWords(value, "message")).toBe(false);
  });

  test("are in the name of an event, with data or without", async () => {
    expect(await reportOf(`event: error\n${data('{"text":"no model"}')}`)).toMatchObject({
      verdict: "failed",
      responses: [{ error: { message: "no model" } }],
    });
    expect(await reportOf(`${data("{}")}event: error\n\n`)).toMatchObject({ verdict: "failed" });
  });

  test.each([
    ["event: error\ndata: the model crashed\n\n", "the model crashed"],
    ['event: error\ndata: "the model crashed"\n\n', "the model crashed"],
    ["event: exception\ndata: the model crashed\n\n", "the model crashed"],
    ["data: Traceback (most recent call last):\ndata:   File x\ndata: ValueError: no\n\n", "ValueError: no"],
  ])("are in the text of %j", async (end, message) => {
    expect(await reportOf(`${data("Hello")}${end}`)).toMatchObject({
      verdict: "failed",
      responses: [{ error: { message } }],
    });
  });

  test("are not assumed in a text that mentions an error", async () => {
    expect(await reportOf(data("Traceback is a word"))).toMatchObject({ verdict: "ended" });
  });

  test("are in plain text after error:, in every dialect", async () => {
    expect(await reportOf(data("error: out of memory"))).toMatchObject({ verdict: "failed", dialect: "generic" });
    expect(await reportOf(data("[ERROR] out of memory"))).toMatchObject({ verdict: "failed" });
    expect(await reportOf(data("no error: all is well"))).toMatchObject({ verdict: "ended" });
  });

  test("are in the body of an HTTP error, in every dialect", async () => {
    const begun = data('{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hel"}}]}');
    for (const [body, message] of [
      ['{"detail":"Internal Server Error"}', "Internal Server Error"],
      ['{"status":503,"message":"no worker"}', "no worker"],
      ['{"code":"Throttling","message":"slow down"}', "slow down"],
    ] as const) {
      expect(await reportOf(begun + data(body))).toMatchObject({
        verdict: "failed",
        dialect: "openai-chat",
        responses: [{ error: { message } }],
      });
    }
    expect(await reportOf(begun + data('{"detail":"x","more":1}'))).toMatchObject({ verdict: "truncated" });
  });
});
