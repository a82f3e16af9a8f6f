// YAML documents: their values, and where parts of them are in the text.
import type * as Yaml from "yaml";
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark, type InputPlace } from "../../lines.ts";
import { cannotParse } from "./damage.ts";
import type { ParsedDocument, Path, ValuePlace } from "./parsed-document.ts";
import { type PlaceOf, type ScalarStyle, linesOfScalar } from "./yaml-places.ts";

/** Aliases that a document may have; a bomb of them has more. Psych writes one for each string that comes twice. */
const MOST_ALIASES = 10_000;
const LONGEST_REASON = 200;
/** The library throws it as it comes, or as an error of its own with the same words. */
const STACK_OVERFLOW = /call stack/;

/** Psych writes `!binary` where the standard has `!!binary`. */
const BINARY = { tag: "!binary", resolve: (text: string) => Buffer.from(text, "base64") };

/** Parses a stream of YAML documents, of which there are the text and its bytes. Throws UserError if one is damaged, nests too deep or is a bomb of aliases. */
export async function parseYamlDocument(text: string, bytes: Buffer, kind: string): Promise<ParsedDocument> {
  // Loaded here: few inputs need it.
  const yaml = await import("yaml");
  const lineCounter = new yaml.LineCounter();
  try {
    const documents = parseAll(yaml, text, lineCounter);
    return {
      roots: documents.map((document): unknown => document.toJS({ maxAliasCount: MOST_ALIASES })),
      findPlaces() {
        const placeOf = createPlaces(text, beginsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0, lineCounter);
        return (path) => findPlace(yaml, text, documents, path, placeOf);
      },
    };
  } catch (error) {
    // Whatever it is (damage, too many aliases, nesting beyond the stack), it is the document's doing.
    if (!(error instanceof Error)) throw error;
    const reason = STACK_OVERFLOW.test(error.message) ? "its values are nested too deep" : error.message;
    throw cannotParse(kind, reason.slice(0, LONGEST_REASON));
  }
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

/** Nodes have their places in characters; offsets are in bytes, counted on from the last one that was asked for. */
function createPlaces(text: string, start: number, lineCounter: Yaml.LineCounter): PlaceOf {
  let last = 0;
  let offset = start;
  return (at) => {
    if (at < last) {
      last = 0;
      offset = start;
    }
    offset += Buffer.byteLength(text.slice(last, at));
    last = at;
    return { line: lineCounter.linePos(at).line, offset };
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
