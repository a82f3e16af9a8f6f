// Cassettes: HTTP recorded for tests, in YAML or JSON, by vcrpy, VCR (Ruby, R), go-vcr and betamax. LangChain's tests
// keep the requests and responses of vcrpy in two lists:
// https://github.com/langchain-ai/langchain/blob/master/libs/standard-tests/langchain_tests/conftest.py
import { asObject } from "../../../model/payload.ts";
import { base64Part, type BodyPart, textPart } from "../body-part.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder, type RecordedResponse } from "../recorder.ts";

const LISTS = ["interactions", "http_interactions"] as const;

export const cassette = framingOfRecorder({
  name: "cassette",
  title: "a cassette of vcrpy, VCR or go-vcr: each recorded response that is a stream",
  kind: "cassette",
  missing: "it has no list of interactions",
  signatures: [
    { syntax: "yaml", paths: [LISTS], topKeys: [...LISTS, "version", "recorded_with", "name"] },
    {
      syntax: "yaml",
      paths: [["requests[].body", "requests[].method"]],
      topKeys: ["requests", "responses", "version"],
    },
    { syntax: "object", paths: [["interactions[]", "http_interactions[]"]] },
    { syntax: "object", paths: ["requests[].uri", "responses[]"] },
  ],
  list(root) {
    const document = asObject(root) ?? {};
    const { requests, responses } = document;
    for (const key of LISTS) {
      const interactions = document[key];
      if (!Array.isArray(interactions)) continue;
      return interactions.flatMap((interaction: unknown, index) => {
        // An empty item is not an exchange; the last one may be cut.
        if (interaction === null && index < interactions.length - 1) return [];
        const { request, response } = asObject(interaction) ?? {};
        return [readInteraction(request, response, [key, index], [key, index, "response"])];
      });
    }
    if (!Array.isArray(requests) || !Array.isArray(responses)) return null;
    return responses.map((response: unknown, index) => {
      const at = ["responses", index];
      return readInteraction(requests[index], response, at, at);
    });
  },
});

function readInteraction(request: unknown, response: unknown, at: Path, responseAt: Path): RecordedResponse {
  const { method, uri, url } = asObject(request) ?? {};
  const { status, code, status_code: statusCode, headers, body, content } = asObject(response) ?? {};
  return {
    at,
    method,
    url: uri ?? url,
    status: asObject(status) ?? code ?? statusCode ?? status,
    statusText: asObject(status)?.message ?? (typeof status === "string" ? status.replace(/^\d+\s*/, "") : ""),
    headers,
    body: bodyOf(body, content, responseAt),
    ...(isCut(response) && { isCut: true }),
  };
}

/** Cut YAML may still be valid. Every writer of a code and a message also writes a body, even if it is empty. */
function isCut(response: unknown): boolean {
  const recorded = asObject(response);
  if (recorded === null) return true;
  const { status, body, content } = recorded;
  if (content !== undefined) return false;
  return status === undefined || status === null
    ? (body ?? null) === null
    : body === undefined && asObject(status) !== null;
}

/**
 * `body: {string: …}` (vcrpy, VCR), `{base64_string: …}` (VCR, betamax), `body: …` (go-vcr), `content: …` (old vcrpy).
 */
function bodyOf(body: unknown, content: unknown, at: Path): readonly BodyPart[] {
  const { string, base64_string: base64 } = asObject(body) ?? {};
  if (typeof base64 === "string") return base64Part(base64, [...at, "body", "base64_string"]);
  const found = [
    textPart(body, [...at, "body"]),
    textPart(string, [...at, "body", "string"]),
    textPart(content, [...at, "content"]),
  ];
  return found.find(({ length }) => length > 0) ?? [];
}
