// The header of a shared copy: what it says about the request and response.
import { describe, expect, test } from "vitest";
import { shareable, withoutPlace } from "../../src/capture/shareable-header.ts";
import { shareablePath } from "../../src/capture/shareable-path.ts";
import type { HttpExchange } from "../../src/model/http-head.ts";
import { TIMING_SCHEMA, type TimingHeader } from "../../src/sources/timed/timing-file.ts";

const exchange: HttpExchange = {
  request: {
    method: "POST",
    url: "https://someone@gateway.example:8443/v1/responses?user=someone#x",
    headers: { accept: "text/event-stream", "content-type": "application/json", "x-title": "Someone's", host: "h" },
  },
  response: {
    status: 200,
    statusText: "OK",
    headers: {
      "content-type": "text/event-stream",
      "content-encoding": "gzip",
      "cache-control": "no-cache",
      "retry-after": "3",
      "transfer-encoding": "chunked",
      "x-request-id": "req_1",
      location: "https://gateway.example/",
      date: "Mon, 30 Nov 2026 00:00:00 GMT",
    },
  },
  redirects: ["https://gateway.example/first"],
  redirectRefusal: "it leads to gateway.example",
};

const header: TimingHeader = {
  schema: TIMING_SCHEMA,
  source: "https://gateway.example/",
  startedAt: "2026-11-30T00:00:00.000Z",
  exchange,
  opening: { connectMs: 1, tlsMs: 2, headMs: 3 },
};

describe("The header of a shared copy", () => {
  test("describes the kind of request and response, and has their times.", () => {
    expect(shareable(header)).toEqual({
      schema: TIMING_SCHEMA,
      source: "redacted",
      startedAt: null,
      exchange: {
        request: {
          method: "POST",
          url: "https://redacted.invalid/v1/responses",
          headers: { accept: "text/event-stream", "content-type": "application/json" },
        },
        response: {
          status: 200,
          statusText: "OK",
          headers: {
            "content-type": "text/event-stream",
            "content-encoding": "gzip",
            "cache-control": "no-cache",
            "retry-after": "3",
            "transfer-encoding": "chunked",
          },
        },
      },
      opening: { connectMs: 1, tlsMs: 2, headMs: 3 },
    });
    expect(JSON.stringify(shareable(header))).not.toMatch(/gateway|someone|req_1|2026/i);
  });

  test("has the number of attempts of a retried request, and no exchange for a source without one.", () => {
    expect(shareable({ ...header, exchange: { ...exchange, attempts: 3 } }).exchange?.attempts).toBe(3);
    expect(shareable(header).exchange).not.toHaveProperty("attempts");
    expect(shareable({ ...header, exchange: null }).exchange).toBeNull();
    const request = { ...exchange.request, url: "not a URL" };
    expect(shareable({ ...header, exchange: { ...exchange, request } }).exchange?.request.url).toBe(
      "https://redacted.invalid/",
    );
  });
});

describe("The path in a shared copy", () => {
  test.each([
    "/v1/chat/completions",
    "/openai/v1/responses",
    "/v1beta/models/gemini-2.5-pro:streamGenerateContent",
    "/v1internal:streamGenerateContent",
    "/model/anthropic.claude-3-5-sonnet-20241022-v2%3A0/converse-stream",
    "/model/us.amazon.nova-lite-v1:0/converse",
    "/api/v1/services/aigc/text-generation/generation",
    "/compatible-mode/v1/chat/completions",
    "/",
    "",
  ])("keeps %s", (path) => {
    expect(shareablePath(path)).toBe(path);
  });

  test.each([
    ["/openai/deployments/acme-prod/chat/completions", "/openai/deployments/redacted/chat/completions"],
    [
      "/v1/projects/acme-4711/locations/us-east5/publishers/anthropic/models/claude-sonnet-4@20250514:streamRawPredict",
      "/v1/projects/redacted/locations/redacted/publishers/anthropic/models/claude-sonnet-4@20250514:streamRawPredict",
    ],
    ["/v1beta/tunedModels/acme-bot:generateContent", "/v1beta/tunedModels/redacted:generateContent"],
    ["/v1/accounts/acme/models/bot:predict", "/v1/accounts/redacted/models/redacted:predict"],
    ["/v1/responses/resp_0123456789abcdef", "/v1/responses/resp_redacted"],
    ["/v1/12345678/jane%40acme.example/chat", "/v1/redacted/redacted/chat"],
    ["/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ax/converse", "/model/redacted/converse"],
    ["/v1/%zz/acme", "/v1/redacted/redacted"],
  ])("of %s becomes %s", (path, shared) => {
    expect(shareablePath(path)).toBe(shared);
    expect(shareablePath(shared)).toBe(shared);
  });
});

test.each([
  ["gpt-4o-2024-08-06", "gpt-4o-2024-08-06"],
  ["meta-llama/Llama-3.3-70B-Instruct", "meta-llama/Llama-3.3-70B-Instruct"],
  ["ft:gpt-4o:acme::9x", "redacted"],
  ["accounts/acme/models/bot", "redacted"],
  ["projects/1/locations/eu/endpoints/2", "redacted"],
  ["tunedModels/acme-1", "redacted"],
  ["acme/llama", "redacted"],
])("The model %s is shared as %s", (model, shared) => {
  const request = { ...exchange.request, model };
  expect(shareable({ ...header, exchange: { ...exchange, request } }).exchange?.request.model).toBe(shared);
});

test.each([
  [200, "OK", "OK"],
  [200, "", ""],
  [429, "too many requests", "too many requests"],
  [403, "Forbidden for project acme-4711", "Forbidden"],
  [799, "jane@acme.example", ""],
])("The reason phrase of %i %j is shared as %j", (status, statusText, shared) => {
  const response = { ...exchange.response, status, statusText };
  expect(shareable({ ...header, exchange: { ...exchange, response } }).exchange?.response.statusText).toBe(shared);
});

test.each([
  ["the connection was reset (gateway.example:8443; a proxy is set in the environment)", "the connection was reset"],
  [
    "the connection failed (connect EADDRNOTAVAIL 192.0.2.1:443 - Local (0.0.0.0:0); gateway.example), after 2 attempts",
    "the connection failed, after 2 attempts",
  ],
  ["the proxy refused the connection: HTTP 407", "the proxy refused the connection: HTTP 407"],
])("A failure is shared without its host: %s", (message, shared) => {
  expect(withoutPlace(message)).toBe(shared);
});
