import { createCaptureRedactor, type RedactorOptions } from "../../../../src/capture/redact/redactor.ts";

const MEBIBYTE = 1024 ** 2;

/** The command's defaults, but with a fixed key, so that the result is always the same. */
const byKnownKey: RedactorOptions = {
  framing: null,
  dialect: null,
  maxEventBytes: 64 * MEBIBYTE,
  http: null,
  key: new Uint8Array(32).fill(7),
};

/** Redacts a capture given in chunks. */
export function redact(chunks: readonly (string | Uint8Array)[], options: Partial<RedactorOptions> = {}): Buffer {
  const redactor = createCaptureRedactor({ ...byKnownKey, ...options });
  const pieces = chunks.map((chunk) => redactor.push(Buffer.from(chunk)));
  return Buffer.concat([...pieces, redactor.end()]);
}
