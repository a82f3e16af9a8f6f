// The inputs of the library's functions. Values are recognized by their methods, not by their class: test runners and
// HTTP libraries have their own classes.

/** Bytes or UTF-8 text, as they arrive. A Readable of Node.js is one. */
export type Chunks = AsyncIterable<Uint8Array | string>;

/** A web stream, of any runtime. */
export interface WebStream {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: unknown }>; cancel(): Promise<void> };
}

/** A `Response` of fetch, in any implementation. Status and headers count; the body must not have been read. */
export interface FetchResponse {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  readonly body: Chunks | WebStream | null;
  readonly bodyUsed: boolean;
}

/** A response of `node:http`, and of clients that are built on it. */
export interface NodeResponse extends Chunks {
  readonly statusCode?: number | undefined;
  readonly statusMessage?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A path or URL, or a stream that is recorded, arriving, or in memory. */
export type Input = string | URL | Uint8Array | ArrayBuffer | FetchResponse | NodeResponse | WebStream | Chunks;

export function isResponse(input: object): input is FetchResponse {
  return "status" in input && "headers" in input && "body" in input && "bodyUsed" in input;
}

export function isNodeResponse(input: object): input is NodeResponse & { readonly statusCode: number } {
  return isChunks(input) && "statusCode" in input && typeof input.statusCode === "number" && "headers" in input;
}

export function isWebStream(input: object): input is WebStream {
  return "getReader" in input && typeof input.getReader === "function";
}

export function isChunks(input: object): input is Chunks {
  return Symbol.asyncIterator in input;
}

/** The bytes of an input in memory; null for anything else. */
export function bytesOf(input: object): Uint8Array | null {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return isArrayBuffer(input) ? new Uint8Array(input) : null;
}

/** Also one of another realm, for example that of Jest's tests. */
function isArrayBuffer(input: object): input is ArrayBuffer {
  return Object.prototype.toString.call(input) === "[object ArrayBuffer]";
}
