// A JSON document: its value, and where its parts are in the bytes.
import type { InputPlace } from "../../lines.ts";
import { cannotParse } from "./damage.ts";
import { eachValue, linesOfJsonString } from "./json-places.ts";
import type { ParsedDocument, Path } from "./parsed-document.ts";

const QUOTE = 0x22;
const SEPARATOR = "\0";

/** Parses JSON. Throws UserError if it is not one whole document. */
export function parseJsonDocument(document: Buffer, kind: string): ParsedDocument {
  return {
    roots: [parse(new TextDecoder().decode(document), kind)],
    findPlaces(paths) {
      const places = findAll(document, paths);
      return (path) => {
        const place = places.get(keyOf(path.slice(1)));
        if (place === undefined) return null;
        const isText = document[place.offset] === QUOTE;
        return { place, lines: () => (isText ? linesOfJsonString(document, place) : [place]) };
      };
    },
  };
}

function parse(text: string, kind: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cannotParse(kind, "it is not one whole JSON document");
  }
}

/** One pass over the document, for any number of values. */
function findAll(document: Buffer, paths: readonly Path[]): ReadonlyMap<string, InputPlace> {
  const wanted = new Set(paths.map((path) => keyOf(path.slice(1))));
  const deepest = paths.reduce((most, path) => Math.max(most, path.length - 1), 0);
  const places = new Map<string, InputPlace>();
  eachValue(document, deepest, (path, place) => {
    const key = keyOf(path);
    if (wanted.has(key)) places.set(key, place);
  });
  return places;
}

function keyOf(path: Path): string {
  return path.join(SEPARATOR);
}
