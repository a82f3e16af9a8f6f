// What HAR files and cassettes have in common: a document that is held whole, with one entry for each HTTP response.
import { DocumentTooLargeError, type TransportError } from "../../errors.ts";
import { withoutSecrets } from "../../model/address.ts";
import type { HttpHead } from "../../model/http-head.ts";
import { createByteBuffer } from "../byte-buffer.ts";
import type { Arrival } from "../../model/timing.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "../framing.ts";
import type { InputPlace } from "../lines.ts";
import { createEntries, type ArchivedResponse, type BodyPiece } from "./entries.ts";
import { decompressBody, mayBeCompressed } from "./entry-body.ts";

/** How one kind of archive is read. */
export interface ArchiveFormat {
  /** The name of its framing. */
  readonly name: string;
  /** What to call it in an error. */
  readonly kind: string;
  /**
   * Its responses, in their order; `readBeside` gives a file that a body was written to, null where there is none. Throws
   * UserError where the document is not of this kind.
   */
  parse(document: Buffer, readBeside: (name: string) => Uint8Array | null): Promise<readonly ParsedEntry[]>;
}

/** A response as it stands in the document. */
export interface ParsedEntry {
  readonly method: string;
  readonly url: string;
  readonly line: number;
  readonly status: number | null;
  readonly statusText: string;
  readonly headers: Headers;
  /** Null where the header does not say it. */
  readonly contentType: string | null;
  readonly pieces: readonly BodyPiece[];
  /** Where the lines of the body are in the document; of one that is encoded, where it begins. */
  readonly bodyLines: readonly InputPlace[];
  /** How its pieces are read, if the recorder keeps messages of a known form and no body; else left out. */
  readonly framing?: Framing;
  /** When its connection was opened and its bytes came, as the recorder says; null, or left out, if it does not say. */
  readonly arrival?: Arrival | null;
  /** What ended its connection before its end; null, or left out, if nothing did. */
  readonly stop?: TransportError | null;
}

/** Gives the first value of a header, by its name in small letters; null where there is none. */
export type Headers = (name: string) => string | null;

/** Holds a document until its end, then reads its entries. */
export function createArchiveFramer(format: ArchiveFormat, open: OpenStream, options: FramingOptions): Framer {
  const { maxEventBytes } = options;
  const document = createByteBuffer();
  const entries = createEntries(format, open, options);
  let responses: readonly ArchivedResponse[] = [];

  async function decompress(piece: BodyPiece, { headers, framing }: ParsedEntry): Promise<BodyPiece> {
    // What compresses a body does not compress messages.
    const contentEncoding = framing === undefined ? headers("content-encoding") : null;
    if (!mayBeCompressed(piece.bytes, contentEncoding)) return piece;
    const zlib = await import("node:zlib");
    return { ...piece, bytes: decompressBody(piece.bytes, contentEncoding, maxEventBytes, zlib) };
  }

  return {
    push(bytes) {
      if (document.length + bytes.length > maxEventBytes) throw new DocumentTooLargeError(format.kind, maxEventBytes);
      document.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
    async load() {
      const parsed = await format.parse(document.view(), (name) => options.readBeside?.(name, maxEventBytes) ?? null);
      responses = await Promise.all(
        parsed.map(async (response) => ({
          method: response.method.toUpperCase(),
          url: withoutSecrets(response.url),
          line: response.line,
          http: headOf(response),
          bodyLines: response.bodyLines,
          framing: response.framing ?? null,
          recorded: { arrival: response.arrival ?? null, stop: response.stop ?? null },
          pieces: await Promise.all(response.pieces.map((piece) => decompress(piece, response))),
        })),
      );
    },
    end() {
      for (const response of responses) entries.take(response);
      entries.end(document.length);
    },
    get skippedAnswers() {
      return entries.skippedAnswers;
    },
  };
}

function headOf({ status, statusText, headers, contentType }: ParsedEntry): HttpHead | null {
  // Recorders write 0 if no response came.
  if (status === null || status === 0) return null;
  const location = headers("location");
  return {
    status,
    statusText,
    contentType: headers("content-type") ?? contentType,
    location: location === null || location === "" ? null : withoutSecrets(location),
  };
}
