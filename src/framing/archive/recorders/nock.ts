// Recordings of nock with `output_objects`, and of nock.back: an array of exchanges. A response is a value from
// JSON.parse, text, or hexadecimal; a compressed one is a list of chunks in hexadecimal.
// https://github.com/nock/nock/blob/main/lib/recorder.ts
import { asObject, asString } from "../../../model/payload.ts";
import { type BodyPart, hexPart, jsonPart, textPart } from "../body-part.ts";
import { isHex } from "../hexadecimal.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder } from "../recorder.ts";

/** The keys that nock reads: https://github.com/nock/nock/blob/main/types/index.d.ts (Definition) */
const KEYS = [
  "scope",
  "method",
  "path",
  "port",
  "body",
  "status",
  "response",
  "headers",
  "reqheaders",
  "rawHeaders",
  "responseIsBinary",
  "options",
  "badheaders",
  "filteringRequestBody",
  "timestamp",
].map((key) => `[].${key}`);

export const nock = framingOfRecorder({
  name: "nock",
  title: "a recording of nock: each recorded response that is a stream",
  kind: "recording of nock",
  missing: "it is not a list of requests",
  signatures: [
    { syntax: "array", paths: ["[].scope", "[].path", ["[].response", "[].status", "[].method"]], topKeys: KEYS },
  ],
  list(root) {
    if (!Array.isArray(root)) return null;
    return root.map((exchange: unknown, index) => {
      const { scope, path, method, status, response, rawHeaders, headers } = asObject(exchange) ?? {};
      const url = `${asString(scope) ?? ""}${asString(path) ?? ""}`;
      const body = bodyOf(response, [index, "response"]);
      return { at: [index], method, url, status, headers: rawHeaders ?? headers, body };
    });
  },
});

function bodyOf(response: unknown, at: Path): readonly BodyPart[] {
  if (typeof response === "string") return isHex(response) ? hexPart(response, at) : textPart(response, at);
  if (!Array.isArray(response) || response.length === 0 || !response.every(isHex)) return jsonPart(response, at);
  return response.flatMap((chunk, index) => hexPart(chunk, [...at, index]));
}
