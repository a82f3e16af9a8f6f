// Fixtures of req_llm, a client for Elixir: one exchange; for a stream, its chunks as base64 in order of arrival.
// https://github.com/agentjido/req_llm/blob/main/test/support/transcript.ex
import { asObject } from "../../../model/payload.ts";
import { base64Part, type BodyPart, jsonPart, textPart } from "../body-part.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder } from "../recorder.ts";

export const reqLlm = framingOfRecorder({
  name: "req-llm",
  title: "a fixture of req_llm: its chunks, as a stream",
  kind: "fixture of req_llm",
  missing: "it has no response",
  signatures: [{ syntax: "object", paths: [["chunks[].b64", "request.canonical_json", "request.body.b64"]] }],
  list(root) {
    const { request, response, chunks, events } = asObject(root) ?? {};
    const recorded = asObject(response);
    if (recorded === null) return null;
    const { method, url } = asObject(request) ?? {};
    const { status, headers, body } = recorded;
    const parts = piecesOf(chunks, "chunks") ?? piecesOf(events, "events") ?? bodyOf(body, ["response", "body"]);
    return [{ at: [], method, url, status, headers, body: parts }];
  },
});

/** `{"b64": …}`, or text in older fixtures; only events with data. */
function piecesOf(list: unknown, key: string): readonly BodyPart[] | null {
  if (!Array.isArray(list)) return null;
  return list.flatMap((piece: unknown, index) => {
    const at = [key, index];
    return typeof piece === "string" ? textPart(piece, at) : base64Part(asObject(piece)?.b64, [...at, "b64"]);
  });
}

function bodyOf(body: unknown, at: Path): readonly BodyPart[] {
  const base64 = asObject(body)?.b64;
  if (typeof base64 === "string") return base64Part(base64, [...at, "b64"]);
  return typeof body === "string" ? textPart(body, at) : jsonPart(body, at);
}
