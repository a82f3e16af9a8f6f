// YAML documents: their values, and where parts of them are in the text.
import type * as Yaml from "yaml";
import type { InputPlace } from "../../lines.ts";
import { formatSize } from "../../../wording/sizes.ts";
import { cannotParse, hasTooManyValues, isTooLargeAsYaml } from "./damage.ts";
import type { ParsedDocument, Path, ValuePlace } from "./parsed-document.ts";
import { expansionOf } from "./yaml-expansion.ts";
import { type YamlPart, yamlPartsOf } from "./yaml-parts.ts";
import { type PlaceOf, type ScalarStyle, linesOfScalar } from "./yaml-places.ts";

/** Maximum aliases of a document; a bomb of aliases has more. Psych writes one for each repeated string. */
const MOST_ALIASES = 10_000;
/** Maximum size of expanded aliases: two equal bodies are common, a thousand large ones are not. */
const MOST_EXPANSION = 256 * 1024 ** 2;
/** Maximum size of a part: the YAML library needs up to 100 bytes of memory per byte. */
const MOST_BYTES = 16 * 1024 ** 2;
/** Maximum commas and line ends of a part: each may separate two values, which need about 300 bytes each. */
const MOST_SEPARATORS = 3_000_000;
const COMMA = 0x2c;
const LF = 0x0a;
const LONGEST_REASON = 200;
/** The library throws this error as it is, or as its own error with the same message. */
const STACK_OVERFLOW = /call stack/;

/** Psych writes `!binary` instead of the standard's `!!binary`. */
const BINARY = { tag: "!binary", resolve: (text: string) => Buffer.from(text, "base64") };

/**
 * Parses a stream of YAML documents part by part, so that each part can be freed before the next. Throws UserError if
 * one is damaged, nested too deep, a bomb of aliases, or too large to parse.
 */
export async function* parseYamlDocument(document: Buffer, kind: string): AsyncGenerator<ParsedDocument> {
  // Loaded here because few inputs need it.
  const yaml = await import("yaml");
  for (const part of yamlPartsOf(document)) yield parsePart(yaml, document, part, kind);
}

function parsePart(yaml: typeof Yaml, document: Buffer, part: YamlPart, kind: string): ParsedDocument {
  const { start, end, line, key } = part;
  if (end - start > MOST_BYTES) throw isTooLargeAsYaml(kind, line, end - start, MOST_BYTES);
  if (!hasFewSeparators(document, start, end)) throw hasTooManyValues(kind, line);
  const lineCounter = new yaml.LineCounter();
  const before = key === "" ? "" : `${key}\n`;
  const text = before + document.toString("utf8", start, end);
  try {
    const documents = parseAll(yaml, text, lineCounter);
    if (documents.some((parsed) => expansionOf(yaml, parsed) > MOST_EXPANSION)) {
      throw new Error(`its aliases repeat more than ${formatSize(MOST_EXPANSION)}`);
    }
    return {
      roots: documents.map((parsed): unknown => parsed.toJS({ maxAliasCount: MOST_ALIASES })),
      findPlaces() {
        const placeOf = createPlaces(text, before.length, part, lineCounter);
        return (path) => findPlace(yaml, text, documents, path, placeOf);
      },
    };
  } catch (error) {
    // The document causes every error here: damage, too many aliases, or nesting beyond the stack.
    if (!(error instanceof Error)) throw error;
    const reason = STACK_OVERFLOW.test(error.message) ? "its values are nested too deep" : error.message;
    throw cannotParse(kind, reason.slice(0, LONGEST_REASON));
  }
}

function hasFewSeparators(document: Buffer, start: number, end: number): boolean {
  let separators = 0;
  for (let at = start; at < end && separators <= MOST_SEPARATORS; at += 1) {
    if (document[at] === COMMA || document[at] === LF) separators += 1;
  }
  return separators <= MOST_SEPARATORS;
}

function parseAll(yaml: typeof Yaml, text: string, lineCounter: Yaml.LineCounter): readonly Yaml.Document[] {
  const documents = yaml.parseAllDocuments(text, {
    lineCounter,
    customTags: ["binary", BINARY],
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "error",
  });
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) throw error;
  }
  return documents;
}

/**
 * Converts places of nodes to places in bytes. Nodes count characters of the text, whose first `added` ones are not in
 * the document; bytes are counted from the last requested place.
 */
function createPlaces(text: string, added: number, part: YamlPart, lineCounter: Yaml.LineCounter): PlaceOf {
  let last = added;
  let offset = part.start;
  const linesBefore = added > 0 ? part.line - 2 : part.line - 1;
  return (at) => {
    if (at < last) {
      last = added;
      offset = part.start;
    }
    const from = Math.max(at, added);
    offset += Buffer.byteLength(text.slice(last, from));
    last = from;
    return { line: linesBefore + lineCounter.linePos(from).line, offset };
  };
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
  QUOTE_DOUBLE: "double",
  QUOTE_SINGLE: "single",
};

function findPlace(
  { isAlias, isNode, isScalar }: typeof Yaml,
  text: string,
  documents: readonly Yaml.Document[],
  [root, ...keys]: Path,
  placeOf: PlaceOf,
): ValuePlace | null {
  const document = typeof root === "number" ? documents[root] : undefined;
  const found = document?.getIn(keys, true);
  const node = document !== undefined && isAlias(found) ? found.resolve(document) : found;
  const [start, end] = (isNode(node) ? node.range : null) ?? [];
  if (start === undefined || end === undefined) return null;
  const place: InputPlace = placeOf(start);
  const style = isScalar(node) && typeof node.value === "string" ? (STYLES[node.type ?? ""] ?? "plain") : null;
  return { place, lines: () => (style === null ? [place] : linesOfScalar(text, style, start, end, placeOf)) };
}
