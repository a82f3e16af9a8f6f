// The document of a recorder: JSON or YAML, by how it begins.
import { parseJsonDocument } from "./json-document.ts";
import type { ParsedDocument } from "./parsed-document.ts";
import { parseYamlDocument } from "./yaml-document.ts";

const BEGINS_LIKE_JSON = /^\s*[{[]/;

/** Parses it. `kind` is what to call it in an error. Throws UserError if it is damaged or nests too deep. */
export async function parseDocument(document: Buffer, kind: string): Promise<ParsedDocument> {
  const text = new TextDecoder().decode(document);
  return BEGINS_LIKE_JSON.test(text)
    ? parseJsonDocument(text, document, kind)
    : parseYamlDocument(text, document, kind);
}
