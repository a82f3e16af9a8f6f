// Errors in the format of the path's provider. test/differential checks that official clients read them.
import { expect, test } from "vitest";
import { errorBody } from "../../src/replay/error-body.ts";

const parse = (path: string, status: number): unknown => JSON.parse(errorBody(path, status, "no"));

test.each(["/v1/messages", "/messages", "/v1/messages/count_tokens"])("%s is Anthropic's", (path) => {
  expect(parse(path, 529)).toEqual({ type: "error", error: { type: "overloaded_error", message: "no" } });
  expect(parse(path, 418)).toEqual({ type: "error", error: { type: "invalid_request_error", message: "no" } });
  expect(parse(path, 503)).toEqual({ type: "error", error: { type: "api_error", message: "no" } });
});

test.each([
  "/v1beta/models/x:streamGenerateContent",
  "/v1beta1/projects/p/models/x:generateContent",
  "/v1alpha/models",
  "/v1beta2/models",
  "/v1/projects/p/models/x:generateContent",
  "/v1/projects/p/models/x:StreamGenerateContent",
])("%s is Google's", (path) => {
  expect(parse(path, 429)).toEqual({ error: { code: 429, message: "no", status: "RESOURCE_EXHAUSTED" } });
  expect(parse(path, 418)).toEqual({ error: { code: 418, message: "no", status: "UNKNOWN" } });
});

test.each([
  "/v1/responses",
  "/v1/chat/completions",
  "/",
  "/openai/deployments/x/chat/completions",
  "/v1/x:generateContents",
])("%s is OpenAI's, like all other paths", (path) => {
  const limited = { message: "no", type: "rate_limit_error", param: null, code: "rate_limit_exceeded" };
  expect(parse(path, 429)).toEqual({ error: limited });
  expect(parse(path, 500)).toMatchObject({ error: { type: "server_error", code: null } });
});
