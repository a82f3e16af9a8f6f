// What the header of a copy that is shared says of where it comes from.
import { describe, expect, test } from "vitest";
import { shareable, withoutPlace } from "../../src/capture/shareable-header.ts";
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

describe("The header of a copy that is shared", () => {
  test("says what kind of request and response it was, and its times.", () => {
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

  test("says how often a request was made that was made again, and nothing of a source that is none.", () => {
    expect(shareable({ ...header, exchange: { ...exchange, attempts: 3 } }).exchange?.attempts).toBe(3);
    expect(shareable(header).exchange).not.toHaveProperty("attempts");
    expect(shareable({ ...header, exchange: null }).exchange).toBeNull();
    const request = { ...exchange.request, url: "not a URL" };
    expect(shareable({ ...header, exchange: { ...exchange, request } }).exchange?.request.url).toBe(
      "https://redacted.invalid/",
    );
  });
});

test.each([
  ["the connection was reset (gateway.example:8443; the environment names a proxy)", "the connection was reset"],
  [
    "the connection failed (connect EADDRNOTAVAIL 192.0.2.1:443 - Local (0.0.0.0:0); gateway.example), after 2 attempts",
    "the connection failed, after 2 attempts",
  ],
  ["the proxy refused the connection: HTTP 407", "the proxy refused the connection: HTTP 407"],
])("A failure is shared without its place: %s", (message, shared) => {
  expect(withoutPlace(message)).toBe(shared);
});
