// Bodies that nock and PollyJS write as bytes in hexadecimal or base64; a compressed one as a list of chunks.

/** Whether a value is text that only has bytes in hexadecimal. */
export function isHex(value: unknown): value is string {
  return typeof value === "string" && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value);
}

const IS_LIST = /^\["[\w+/=]*"/;

/**
 * The bytes of a body's text as PollyJS writes it to a HAR file: hexadecimal if they are not text, and a JSON list of
 * chunks if the response was compressed (hexadecimal, or base64 in newer versions). Null for any other text.
 * https://github.com/Netflix/pollyjs/blob/master/packages/@pollyjs/adapter-node-http/src/index.js (getBodyFromChunks)
 */
export function bytesOfPollyText(text: string, contentEncoding: string | null): Buffer | null {
  if (isHex(text)) return Buffer.from(text, "hex");
  if (contentEncoding === null || !IS_LIST.test(text)) return null;
  try {
    const chunks: unknown = JSON.parse(text);
    if (!Array.isArray(chunks) || !chunks.every((chunk) => typeof chunk === "string")) return null;
    const encoding = chunks.every(isHex) ? "hex" : "base64";
    return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk, encoding)));
  } catch {
    return null;
  }
}
