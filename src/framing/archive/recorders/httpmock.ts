// Recordings of httpmock, a mock server for Rust: a YAML document for each exchange, with `when` and `then`. Binary
// bodies are base64, in `body_base64`, or in `body` with `body_encoding: base64` as rig writes it.
// https://github.com/alexliesenfeld/httpmock/blob/master/src/common/data.rs (StaticMockDefinition)
import { asObject, asString } from "../../../model/payload.ts";
import { base64Part, type BodyPart, filePart, textPart } from "../body-part.ts";
import type { ReadBodyFile } from "../archive.ts";
import { framingOfRecorder } from "../recorder.ts";

export const httpmock = framingOfRecorder({
  name: "httpmock",
  title: "a recording of httpmock (when, then): each recorded response that is a stream",
  kind: "recording of httpmock",
  missing: "it has no `then`",
  signatures: [
    {
      syntax: "yaml",
      paths: [["when.path", "when.method", "when.host", "when.path_matches"]],
      topKeys: ["when", "then"],
    },
  ],
  list(root, readFile) {
    const { when, then } = asObject(root) ?? {};
    const response = asObject(then);
    if (response === null) return null;
    const { method, path } = asObject(when) ?? {};
    const { status, header, body_from_file: file } = response;
    const body = bodyOf(response, readFile);
    const withoutBody = typeof file === "string" ? `the body is in the file ${file}, which was not found` : undefined;
    return [{ at: [], method, url: path, status: status ?? 200, headers: header, body, withoutBody }];
  },
});

function bodyOf(response: Readonly<Record<string, unknown>>, readFile: ReadBodyFile): readonly BodyPart[] {
  const { body, body_base64: base64, body_encoding: encoding, json_body: json, body_from_file: file } = response;
  if (base64 !== undefined) return base64Part(base64, ["then", "body_base64"]);
  if (encoding === "base64") return base64Part(body, ["then", "body"]);
  if (json !== undefined) return textPart(json, ["then", "json_body"]);
  const name = asString(file);
  if (name !== null) return filePart(readFile(name, ["."]), ["then", "body_from_file"]);
  return textPart(body, ["then", "body"]);
}
