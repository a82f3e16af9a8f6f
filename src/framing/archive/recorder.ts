// The contract for a recorder's files, and the framing that reads them: a format declares its keys, and where its
// responses and their bodies are. Implementations are collected in `recorders/index.ts`.
import { asString } from "../../model/payload.ts";
import type { Framing } from "../framing.ts";
import { createArchiveFramer, type ParsedEntry, type ReadBodyFile } from "./archive.ts";
import { type BodyPart, createFindLines } from "./body-part.ts";
import { fitsSignature, type Signature } from "./detection/signature.ts";
import { cannotParse, isNotOf } from "./document/damage.ts";
import { parseDocument } from "./document/document.ts";
import type { FindPlace, ParsedDocument, Path } from "./document/parsed-document.ts";
import { readHeaders, readStatus, readStatusText } from "./recorded-headers.ts";

/** How the files of one recorder are read. */
export interface Recorder {
  /** The name of its framing. */
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** Names such a file in messages. */
  readonly kind: string;
  /** Why another document is not such a file: "it has no response". */
  readonly missing: string;
  /** The keys by which a file is detected; one signature is enough. */
  readonly signatures: readonly Signature[];
  /** Lists the responses of a document; null if this recorder did not write it. */
  list(root: unknown, readFile: ReadBodyFile): readonly RecordedResponse[] | null;
}

/** A response, with its values as in the document. */
export interface RecordedResponse {
  /** The path to it, from its root. */
  readonly at: Path;
  readonly method: unknown;
  readonly url: unknown;
  /** A code, `200 OK`, or an object with code and message. */
  readonly status: unknown;
  readonly statusText?: unknown;
  readonly headers: unknown;
  readonly body: readonly BodyPart[];
  /** How the body is framed, if the recorder keeps events instead of bytes; else left out. */
  readonly wrapping?: Framing;
  /** The file ends before its body, which the recorder always writes; else left out. */
  readonly isCut?: boolean;
  /** Why there is no body; left out if unknown. */
  readonly withoutBody?: string | undefined;
}

/** Makes the framing that reads the files of a recorder. */
export function framingOfRecorder(recorder: Recorder): Framing {
  const { name, title, kind, signatures } = recorder;
  const parse = (document: Buffer, readFile: ReadBodyFile) => readDocument(recorder, document, readFile);
  return {
    name,
    title,
    mediaTypes: [],
    detect: (head, complete) => fitsSignature(signatures, head, complete),
    create: (open, options) => createArchiveFramer({ name, kind, parse }, open, options),
  };
}

async function* readDocument(
  recorder: Recorder,
  document: Buffer,
  readFile: ReadBodyFile,
): AsyncGenerator<ParsedEntry> {
  const { kind, missing } = recorder;
  let hasRoot = false;
  for await (const parsed of parseDocument(document, kind)) {
    // The last YAML document may be empty, after its marker.
    hasRoot ||= parsed.roots.some((root) => root !== null);
    yield* readRoots(recorder, parsed, readFile);
  }
  if (!hasRoot) throw isNotOf(kind, missing);
}

function* readRoots(recorder: Recorder, parsed: ParsedDocument, readFile: ReadBodyFile): Generator<ParsedEntry> {
  const { kind, missing } = recorder;
  const responses = parsed.roots.flatMap((root, index) => {
    const listed = root === null ? [] : recorder.list(root, readFile);
    if (listed === null) throw isNotOf(kind, missing);
    return listed.map((response) => below(index, response));
  });
  const findPlace = parsed.findPlaces(responses.flatMap(({ at, body }) => [at, ...body.map((part) => part.at)]));
  // Each is freed after use: their bodies may be as large as the document.
  responses.reverse();
  for (let response = responses.pop(); response !== undefined; response = responses.pop()) {
    checkBody(response, kind, findPlace);
    yield readResponse(response, findPlace);
  }
}

/** Throws UserError for a damaged part: the loss is unknown, so the rest must not pass as the whole. */
function checkBody({ body }: RecordedResponse, kind: string, findPlace: FindPlace): void {
  const damaged = body.find(({ damage }) => damage !== undefined);
  if (damaged === undefined) return;
  const { line, offset } = findPlace(damaged.at)?.place ?? { line: 1, offset: 0 };
  const path = damaged.at.slice(1).join(".");
  throw cannotParse(kind, `${path} at line ${line}, byte ${offset} is ${damaged.damage ?? ""}`);
}

const CUT = "the file ends or is damaged within this exchange, so its response is missing; record it again";

/** A response with the index of its root before its paths. */
function below(root: number, response: RecordedResponse): RecordedResponse {
  const body = response.body.map((part) => ({ ...part, at: [root, ...part.at] }));
  return { ...response, at: [root, ...response.at], body };
}

function readResponse(response: RecordedResponse, findPlace: FindPlace): ParsedEntry {
  const { at, method, url, status, statusText, headers, body, wrapping, withoutBody, isCut } = response;
  return {
    method: asString(method) ?? "",
    url: asString(url) ?? "",
    line: findPlace(at)?.place.line ?? 1,
    status: readStatus(status),
    statusText: asString(statusText) ?? readStatusText(status),
    headers: readHeaders(headers),
    contentType: null,
    pieces: body.map(({ read, atMs }) => ({ bytes: read(), atMs })),
    bodyLines: createFindLines(body, findPlace),
    ...(wrapping !== undefined && { wrapping }),
    ...(withoutBody !== undefined && body.length === 0 && { missing: withoutBody }),
    ...(isCut === true && { isCut, missing: CUT }),
  };
}
