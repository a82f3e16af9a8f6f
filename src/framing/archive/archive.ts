// The common part of all recorders' files: a document held in memory, with one entry for each HTTP response.
import { DocumentTooLargeError, type TransportError } from "../../errors.ts";
import { withoutSecrets } from "../../model/address.ts";
import { asHttpStatus, type HttpHead } from "../../model/http-head.ts";
import type { Arrival } from "../../model/timing.ts";
import { createByteBuffer } from "../byte-buffer.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "../framing.ts";
import type { InputPlace } from "../lines.ts";
import { type ArchivedResponse, createEntries, type FindBodyLines } from "./entries.ts";
import { type BodyPiece, bodyOf } from "./compressed-body.ts";

/** How one kind of archive is read. */
export interface ArchiveFormat {
  /** The name of its framing. */
  readonly name: string;
  /** Names it in errors. */
  readonly kind: string;
  /**
   * Its responses in order, each read on request. `readFile` gives a file to which a body was written, null if it is
   * missing. Throws UserError if the document is not of this kind, or from the point where it is damaged.
   */
  parse(document: Buffer, readFile: ReadBodyFile): Iterable<ParsedEntry> | AsyncIterable<ParsedEntry>;
}

/** Reads a file of the archive by its name, in its folder or in other folders relative to it; null if it is missing. */
export type ReadBodyFile = (name: string, folders?: readonly string[]) => Uint8Array | null;

/** A response as in the document. */
export interface ParsedEntry {
  readonly method: string;
  readonly url: string;
  readonly line: number;
  readonly status: number | null;
  readonly statusText: string;
  readonly headers: Headers;
  /** Null if there is no such header. */
  readonly contentType: string | null;
  readonly pieces: readonly BodyPiece[];
  /** Where the lines of the body are in the document; for an encoded body, where it starts. */
  readonly bodyLines: readonly InputPlace[] | FindBodyLines;
  /** How the body is framed, if the recorder keeps events instead of bytes; else left out. */
  readonly wrapping?: Framing;
  /** Why there is no body, if known; else left out. */
  readonly missing?: string;
  /** The recorder stopped before it wrote the body; else left out. */
  readonly isCut?: boolean;
  /** When the connection was opened and its bytes came, as recorded; null or left out if not recorded. */
  readonly arrival?: Arrival | null;
  /** When its request was made, ISO 8601 in UTC; left out if not recorded. */
  readonly startedAt?: string;
  /** What ended the connection early; null or left out if nothing did. */
  readonly stop?: TransportError | null;
}

/** Gives the first value of a header, by its lowercase name; null if there is none. */
export type Headers = (name: string) => string | null;

/** Holds a document until its end, then reads its entries. */
export function createArchiveFramer(format: ArchiveFormat, open: OpenStream, options: FramingOptions): Framer {
  const { maxEventBytes, maxDecodedBytes = Infinity } = options;
  const document = createByteBuffer();
  /** Total size of the decompressed bodies so far: a small file may hold many that expand. */
  let decodedBytes = 0;
  const entries = createEntries(format, open, options);
  const readFile: ReadBodyFile = (name, folders) => options.readBeside?.(name, maxEventBytes, folders) ?? null;

  function load(entry: ParsedEntry): ArchivedResponse {
    const { arrival = null, bodyLines, wrapping, missing, isCut, stop = null, startedAt } = entry;
    // Body compression does not compress messages.
    const contentEncoding = wrapping === undefined ? entry.headers("content-encoding") : null;
    const body = bodyOf(entry.pieces, contentEncoding, maxDecodedBytes, decodedBytes);
    return {
      method: entry.method.toUpperCase(),
      url: withoutSecrets(entry.url),
      line: entry.line,
      http: headOf(entry),
      body,
      recorded: { arrival, stop, ...(startedAt !== undefined && { startedAt }) },
      bodyLines: typeof bodyLines === "function" && body.isCompressed ? bodyLines("").slice(0, 1) : bodyLines,
      ...(wrapping !== undefined && { wrapping }),
      ...(missing !== undefined && { missing }),
      ...(isCut !== undefined && { isCut }),
    };
  }

  return {
    push(bytes) {
      if (document.length + bytes.length > maxEventBytes) throw new DocumentTooLargeError(format.kind, maxEventBytes);
      document.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
    async load(settle) {
      for await (const entry of format.parse(document.view(), readFile)) {
        const response = load(entry);
        await entries.take(response, settle);
        decodedBytes += response.body.decodedBytes;
        await settle?.();
      }
    },
    end() {
      entries.end(document.length);
    },
    skipped: () => ({ skippedAnswers: entries.skippedAnswers }),
  };
}

function headOf({ status: recorded, statusText, headers, contentType }: ParsedEntry): HttpHead | null {
  // Recorders write 0 if no response came.
  const status = asHttpStatus(recorded);
  if (status === null) return null;
  const location = headers("location");
  return {
    status,
    statusText,
    contentType: headers("content-type") ?? contentType,
    location: location === null || location === "" ? null : withoutSecrets(location),
  };
}
