// Cassettes: HTTP recorded for tests, in YAML or JSON, as vcrpy, VCR (Ruby, R), go-vcr and betamax write it.
import { UserError } from "../../errors.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Framing } from "../framing.ts";
import type * as Yaml from "yaml";
import type { InputPlace } from "../lines.ts";
import { eachValue, linesOfJsonString } from "./json-places.ts";
import { type PlaceOf, type ScalarStyle, linesOfScalar } from "./yaml-places.ts";
import { createArchiveFramer, type Headers, type ParsedEntry, type ArchiveFormat } from "./archive.ts";

const QUOTE = 0x22;
/** No more than this is looked at: comments may stand before the first key. */
const DETECTION_BYTES = 16 * 1024;
/** What may stand before the key that tells, and that key: `interactions` (vcrpy, go-vcr), `http_interactions` (VCR). */
const PREAMBLE = ["---", "#", "version:"];
const KEYS = ["interactions:", "http_interactions:"];
const JSON_BEGINNING = /^\s*\{\s*(?:"version"\s*:\s*\d+\s*,\s*)?"(?:http_)?interactions"\s*:\s*\[/;
const JSON_UNDECIDED =
  /^\s*(?:\{\s*(?:"v?e?r?s?i?o?n?"?\s*:?\s*\d*\s*,?\s*)?(?:"(?:h?t?t?p?_?)?i?n?t?e?r?a?c?t?i?o?n?s?"?\s*:?\s*)?)?$/;

const format: ArchiveFormat = { name: "cassette", kind: "cassette", parse: parseCassette };

export const cassette: Framing = {
  name: format.name,
  title: "a cassette of vcrpy, VCR or go-vcr: each recorded response that is a stream",
  mediaTypes: [],
  detect: looksLikeCassette,
  create: (open, options) => createArchiveFramer(format, open, options),
};

function looksLikeCassette(input: Uint8Array, complete: boolean): boolean | null {
  const text = Buffer.from(input.subarray(0, DETECTION_BYTES)).toString("latin1");
  const isAll = complete || input.length >= DETECTION_BYTES;
  if (/^\s*\{/.test(text)) return JSON_BEGINNING.test(text) || (!isAll && JSON_UNDECIDED.test(text) ? null : false);
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (KEYS.some((key) => line.startsWith(key))) return true;
    const isCut = index === lines.length - 1 && !isAll;
    if (isCut && [...PREAMBLE, ...KEYS].some((word) => word.startsWith(line))) return null;
    if (line !== "" && !PREAMBLE.some((word) => line.startsWith(word))) return false;
  }
  return isAll ? false : null;
}

/** A document, and where its interactions and the bodies of their responses are. */
interface Cassette {
  readonly interactions: readonly unknown[];
  readonly places: readonly InteractionPlaces[];
}

interface InteractionPlaces {
  line: number;
  /** The lines of the body; of one that is encoded, where it begins. */
  bodyLines: (isEncoded: boolean) => readonly InputPlace[];
}

/** Where a body is in an interaction. */
const BODY_PATHS = [
  ["response", "body", "string"],
  ["response", "body", "base64_string"],
  ["response", "body"],
  ["response", "content"],
] as const;

async function parseCassette(document: Buffer): Promise<readonly ParsedEntry[]> {
  const text = new TextDecoder().decode(document);
  const { interactions, places } = /^\s*\{/.test(text) ? parseJson(text, document) : await parseYaml(text);
  return interactions.map((interaction, index) => readInteraction(asObject(interaction) ?? {}, places[index]));
}

const HINT = "check whether the file is complete, or set --framing";

function parseJson(text: string, document: Buffer): Cassette {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError("this cassette cannot be read: it is not one whole JSON document", HINT);
  }
  return { interactions: interactionsOf(value), places: findJsonPlaces(document) };
}

/** `interactions[0].response.body.string` */
const BODY_DEPTH = 5;

function findJsonPlaces(document: Buffer): readonly InteractionPlaces[] {
  const places: InteractionPlaces[] = [];
  eachValue(document, BODY_DEPTH, ([, index, ...keys], place) => {
    if (typeof index !== "number") return;
    if (keys.length === 0) places[index] = { line: place.line, bodyLines: () => [] };
    const interaction = places[index];
    const isBody = BODY_PATHS.some((path) => path.join(".") === keys.join("."));
    if (interaction === undefined || !isBody || document[place.offset] !== QUOTE) return;
    interaction.bodyLines = (isEncoded) => (isEncoded ? [place] : linesOfJsonString(document, place));
  });
  return places;
}

function interactionsOf(value: unknown): readonly unknown[] {
  const document = asObject(value) ?? {};
  const interactions = document.interactions ?? document.http_interactions;
  if (Array.isArray(interactions)) return interactions;
  throw new UserError("this is not a cassette: it has no list of interactions", HINT);
}

/** Aliases that a cassette may have; a bomb of them has more. Psych writes one for each string that comes twice. */
const MOST_ALIASES = 10_000;
const LONGEST_REASON = 200;
/** The library throws it as it comes, or as an error of its own with the same words. */
const STACK_OVERFLOW = /call stack/;

/** Psych writes `!binary` where the standard has `!!binary`. */
const BINARY = { tag: "!binary", resolve: (text: string) => Buffer.from(text, "base64") };

async function parseYaml(text: string): Promise<Cassette> {
  // Loaded here: few inputs need it.
  const yaml = await import("yaml");
  const { LineCounter, isNode, isSeq, parseDocument } = yaml;
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter,
      customTags: ["binary", BINARY],
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "error",
    });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const interactions = interactionsOf(document.toJS({ maxAliasCount: MOST_ALIASES }));
    const list = document.get("interactions") ?? document.get("http_interactions");
    const placeOf = createPlaces(text, lineCounter);
    const places = isSeq(list)
      ? list.items.map((item): InteractionPlaces => {
          const line = isNode(item) ? lineCounter.linePos(item.range?.[0] ?? 0).line : 1;
          return { line, bodyLines: (isEncoded) => findYamlBody(yaml, text, item, placeOf, isEncoded) };
        })
      : [];
    return { interactions, places };
  } catch (error) {
    // Whatever it is (damage, too many aliases, nesting beyond the stack), it is the document's doing.
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    const reason = STACK_OVERFLOW.test(error.message) ? "its values are nested too deep" : error.message;
    throw new UserError(`this cassette cannot be read: ${reason.slice(0, LONGEST_REASON)}`, HINT);
  }
}

/** Nodes have their places in characters; offsets are in bytes, counted on from the last one that was asked for. */
function createPlaces(text: string, lineCounter: Yaml.LineCounter): PlaceOf {
  let last = 0;
  let offset = 0;
  return (at) => {
    if (at < last) {
      last = 0;
      offset = 0;
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

function findYamlBody(
  { isCollection, isScalar }: typeof Yaml,
  text: string,
  interaction: unknown,
  placeOf: PlaceOf,
  isEncoded: boolean,
): readonly InputPlace[] {
  const nodes = BODY_PATHS.map((path) => (isCollection(interaction) ? interaction.getIn(path, true) : undefined));
  const node = nodes.find((found) => isScalar(found));
  const [start, end] = (isScalar(node) ? node.range : null) ?? [];
  if (!isScalar(node) || start === undefined || end === undefined) return [];
  return isEncoded ? [placeOf(start)] : linesOfScalar(text, STYLES[node.type ?? ""] ?? "plain", start, end, placeOf);
}

function readInteraction(interaction: JsonObject, places: InteractionPlaces | undefined): ParsedEntry {
  const request = asObject(interaction.request) ?? {};
  const response = asObject(interaction.response) ?? {};
  const status = asObject(response.status);
  const bytes = bodyOf(response);
  const { body } = response;
  const isEncoded = body instanceof Uint8Array || asObject(body)?.string instanceof Uint8Array;
  return {
    method: asString(request.method) ?? "",
    url: asString(request.uri) ?? asString(request.url) ?? "",
    line: places?.line ?? 1,
    status:
      asIndex(status?.code) ?? asIndex(status?.status_code) ?? asIndex(response.code) ?? asIndex(response.status_code),
    statusText: asString(status?.message) ?? asString(response.status)?.replace(/^\d+\s*/, "") ?? "",
    headers: headersOf(response.headers),
    contentType: null,
    pieces: bytes === null ? [] : [{ bytes, atMs: null }],
    bodyLines: places?.bodyLines(isEncoded || asObject(body)?.base64_string !== undefined) ?? [],
  };
}

/** `body: {string: …}` (vcrpy, VCR), `{base64_string: …}` (VCR, betamax), `body: …` (go-vcr), `content: …` (vcrpy of old). */
function bodyOf({ body, content }: JsonObject): Buffer | null {
  const { string, base64_string: base64 } = asObject(body) ?? {};
  if (typeof base64 === "string") return Buffer.from(base64, "base64");
  for (const value of [body, string, content]) {
    if (typeof value === "string") return Buffer.from(value);
    if (value instanceof Uint8Array) return Buffer.from(value);
  }
  return null;
}

/** A header has one value, or a list of them. */
function headersOf(value: unknown): Headers {
  const headers = Object.entries(asObject(value) ?? {});
  return (name) => {
    const found = headers.find(([key]) => key.toLowerCase() === name)?.[1];
    return asString(Array.isArray(found) ? found[0] : found);
  };
}
