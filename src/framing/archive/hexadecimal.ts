// Bodies that nock and PollyJS write as bytes in hexadecimal or base64; of one that is compressed, a list of its chunks.

/** Whether it is text of nothing but bytes in hexadecimal. */
export function isHex(value: unknown): value is string {
  return typeof value === "string" && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value);
}

const IS_LIST = /^\["[\w+/=]*"/;

/**
 * Gives the bytes of the text of a body as PollyJS writes it into a HAR file: in hexadecimal if they are not text, as a JSON
 * list of chunks if the response was compressed (in hexadecimal, by newer versions in base64). Null for any other text.
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
