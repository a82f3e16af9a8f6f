// One exchange as a JSON object with `request` and `response`, as the proxy of dd-apm-test-agent and others write it.
// The proxy marks a binary body with `base64:`.
// https://github.com/DataDog/dd-apm-test-agent/blob/master/ddapm_test_agent/vcr_proxy.py (CassetteData, _decode_body)
import { asObject } from "../../../model/payload.ts";
import { base64Part, type BodyPart, jsonPart, textPart } from "../body-part.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder } from "../recorder.ts";

const BODY: Path = ["response", "body"];
const BASE64 = "base64:";

export const requestResponse = framingOfRecorder({
  name: "request-response",
  title: "a JSON file of one request and response, as dd-apm-test-agent writes it",
  kind: "recording",
  missing: "it has no response",
  signatures: [
    {
      syntax: "object",
      paths: [["request.url", "request.uri"], "request.method", ["request.body", "request.headers", "response"]],
      topKeys: ["request", "response"],
    },
  ],
  list(root) {
    const { request, response } = asObject(root) ?? {};
    const recorded = asObject(response);
    if (recorded === null) return null;
    const { method, url, uri } = asObject(request) ?? {};
    const { status, status_code: statusCode, statusText, headers, body } = recorded;
    return [
      {
        at: [],
        method,
        url: url ?? uri,
        status: status ?? statusCode,
        statusText,
        headers,
        body: bodyOf(body),
      },
    ];
  },
});

function bodyOf(body: unknown): readonly BodyPart[] {
  if (typeof body !== "string") return jsonPart(body, BODY);
  return body.startsWith(BASE64) ? base64Part(body.slice(BASE64.length), BODY) : textPart(body, BODY);
}
