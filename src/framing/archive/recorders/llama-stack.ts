// Llama Stack's recordings of inference: not bytes, but the objects from a client library, each chunk with its class;
// or the lines of an event stream.
// https://github.com/llamastack/llama-stack/blob/main/src/llama_stack/testing/api_recorder.py
import { asObject } from "../../../model/payload.ts";
import { ndjson } from "../../ndjson.ts";
import { type BodyPart, jsonPart, linePart, textPart } from "../body-part.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder } from "../recorder.ts";

const BODY: Path = ["response", "body"];

export const llamaStack = framingOfRecorder({
  name: "llama-stack",
  title: "a recording of Llama Stack: its chunks, as a stream",
  kind: "recording of Llama Stack",
  missing: "it has no response",
  signatures: [
    { syntax: "object", paths: ["test_id", ["request.endpoint", "request.url", "request.method"]] },
    {
      syntax: "object",
      paths: ["request.endpoint", ["response.is_streaming", "response.body[].__type__", "request.body"]],
    },
  ],
  list(root) {
    const { request, response } = asObject(root) ?? {};
    const recorded = asObject(response);
    if (recorded === null) return null;
    const { body } = recorded;
    const { method, url } = asObject(request) ?? {};
    const isEvents = Array.isArray(body) && body.some((chunk) => asObject(chunk) !== null);
    return [
      {
        at: [],
        method,
        url,
        status: null,
        headers: {},
        body: bodyOf(body),
        ...(isEvents && recorded.is_streaming === true && { wrapping: ndjson }),
      },
    ];
  },
});

function bodyOf(body: unknown): readonly BodyPart[] {
  if (typeof body === "string") return textPart(body, BODY);
  if (!Array.isArray(body)) return jsonPart(dataOf(body), BODY);
  return body.flatMap((chunk: unknown, index) => {
    const at = [...BODY, index];
    if (typeof chunk === "string") return linePart(chunk, at);
    return jsonPart(dataOf(chunk), isTyped(chunk) ? [...at, "__data__"] : at, "\n");
  });
}

function isTyped(value: unknown): boolean {
  return asObject(value)?.__data__ !== undefined;
}

/** The object itself, without the name of its class. */
function dataOf(value: unknown): unknown {
  return isTyped(value) ? asObject(value)?.__data__ : value;
}
