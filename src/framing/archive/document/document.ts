// The document of a recorder: JSON or YAML, detected by its first bytes.
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark } from "../../lines.ts";
import { parseJsonDocument } from "./json-document.ts";
import type { ParsedDocument } from "./parsed-document.ts";
import { parseYamlDocument } from "./yaml-document.ts";

const HEAD_BYTES = 1024;
const BEGINS_LIKE_JSON = /^\s*[{[]/;
/** No key of JSON starts like this. */
const BEGINS_LIKE_FLOW = /^\s*(?:\[\s*)?\{\s*[\w']/;

/**
 * Parses the document in parts; each must be used before the next is requested. `kind` names it in errors. Throws
 * UserError if it is damaged, nested too deep or too large.
 */
export async function* parseDocument(document: Buffer, kind: string): AsyncGenerator<ParsedDocument> {
  const start = beginsWithByteOrderMark(document) ? BYTE_ORDER_MARK_BYTES : 0;
  const head = document.toString("latin1", start, start + HEAD_BYTES);
  if (BEGINS_LIKE_JSON.test(head) && !BEGINS_LIKE_FLOW.test(head)) yield parseJsonDocument(document, kind);
  else yield* parseYamlDocument(document, kind);
}
