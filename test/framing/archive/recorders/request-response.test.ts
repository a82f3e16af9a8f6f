import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { requestResponse } from "../../../../src/framing/archive/recorders/request-response.ts";
import { BASE64, read, STREAM, TEXT, URL } from "../support/recording.ts";

const recorded = (response: object, request: object = {}) => ({
  request: { method: "POST", url: URL, headers: {}, body: "{}", ...request },
  response: { status: { code: 200, message: "OK" }, headers: STREAM, ...response },
});

describe("one request and its response", () => {
  test.each([
    ["text", recorded({ body: TEXT })],
    ["base64", recorded({ body: `base64:${BASE64}` })],
    ["gzip", recorded({ body: `base64:${gzipSync(TEXT).toString("base64")}` })],
    ["a status that is a number", recorded({ status: 200, statusText: "OK", body: TEXT })],
    ["a status that is a line", recorded({ status: "200 OK", body: TEXT })],
    ["another name of the address", recorded({ body: TEXT }, { url: undefined, uri: URL })],
  ])("%s", async (_, value) => {
    expect((await read(requestResponse, value)).streams).toMatchObject([
      { body: TEXT, head: { http: { status: 200, statusText: "OK" }, place: { name: `POST ${URL}`, line: 1 } } },
    ]);
  });
});
