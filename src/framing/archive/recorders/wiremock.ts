// Stub mappings that WireMock's recorder writes, in JSON or YAML: one, or a list of them in `mappings`. Large and
// binary bodies are files in `__files`, beside the folder `mappings`. https://wiremock.org/docs/stubbing/
// https://wiremock.org/docs/record-playback/
import { asObject, asString, type JsonObject } from "../../../model/payload.ts";
import type { ReadBodyFile } from "../archive.ts";
import { base64Part, type BodyPart, filePart, jsonPart, textPart } from "../body-part.ts";
import type { Signature } from "../detection/signature.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder, type RecordedResponse } from "../recorder.ts";

const URLS = ["url", "urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate"];
const BODIES = ["body", "base64Body", "jsonBody", "bodyFileName"];
const KEYS = [
  "id",
  "uuid",
  "name",
  "request",
  "response",
  "priority",
  "persistent",
  "insertionIndex",
  "metadata",
  "scenarioName",
];
const MORE_KEYS = ["requiredScenarioState", "newScenarioState", "postServeActions", "serveEventListeners"];
const LIST_KEYS = ["mappings", "meta", "importOptions"];
/** Relative to a mapping, which may be in a folder of `mappings`. */
const FOLDERS = ["../__files", "__files", "../../__files", "."];

export const wiremock = framingOfRecorder({
  name: "wiremock",
  title: "stub mappings of WireMock: each recorded response that is a stream",
  kind: "mapping of WireMock",
  missing: "it has no response",
  signatures: [...signaturesBelow("", [...KEYS, ...MORE_KEYS]), ...signaturesBelow("mappings[].", LIST_KEYS)],
  list(root, readFile) {
    const document = asObject(root) ?? {};
    const { mappings } = document;
    if (Array.isArray(mappings)) {
      return mappings.flatMap(
        (mapping: unknown, index) => readMapping(asObject(mapping) ?? {}, ["mappings", index], readFile) ?? [],
      );
    }
    return readMapping(document, [], readFile);
  },
});

/** A request with patterns, or a response only WireMock writes: other recorders keep the request's body. */
function signaturesBelow(prefix: string, topKeys: readonly string[]): readonly Signature[] {
  const patterns = ["bodyPatterns", ...URLS.slice(1)].map((key) => `${prefix}request.${key}`);
  const requests = ["url", "method"].map((key) => `${prefix}request.${key}`);
  const responses = BODIES.map((key) => `${prefix}response.${key}`);
  return (["object", "yaml"] as const).flatMap((syntax) => [
    { syntax, topKeys, paths: [patterns] },
    { syntax, topKeys, paths: [requests, responses], without: `${prefix}request.body` },
  ]);
}

function readMapping(mapping: JsonObject, at: Path, readFile: ReadBodyFile): readonly RecordedResponse[] | null {
  const response = asObject(mapping.response);
  if (response === null) return null;
  const request = asObject(mapping.request) ?? {};
  const { status, statusMessage, headers, bodyFileName: file } = response;
  const url = URLS.map((key) => request[key]).find((value) => value !== undefined);
  const body = bodyOf(response, [...at, "response"], readFile);
  const withoutBody =
    typeof file === "string"
      ? `the body is in the file ${file}, which was not found in __files: keep that folder beside mappings`
      : undefined;
  return [
    { at, method: request.method, url, status: status ?? 200, statusText: statusMessage, headers, body, withoutBody },
  ];
}

function bodyOf(response: JsonObject, at: Path, readFile: ReadBodyFile): readonly BodyPart[] {
  const { body, base64Body, jsonBody, bodyFileName } = response;
  if (base64Body !== undefined) return base64Part(base64Body, [...at, "base64Body"]);
  if (jsonBody !== undefined) return jsonPart(jsonBody, [...at, "jsonBody"]);
  const file = asString(bodyFileName);
  if (file !== null) return filePart(readFile(file, FOLDERS), [...at, "bodyFileName"]);
  return textPart(body, [...at, "body"]);
}
