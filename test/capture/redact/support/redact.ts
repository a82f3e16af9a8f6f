import { createCaptureRedactor, type RedactorOptions } from "../../../../src/capture/redact/redactor.ts";

const MEBIBYTE = 1024 ** 2;

/** What redacts as the command does by default, but by a key that is known: the same every time. */
const byKnownKey: RedactorOptions = {
  framing: null,
  dialect: null,
  maxEventBytes: 64 * MEBIBYTE,
  http: null,
  key: new Uint8Array(32).fill(7),
};

/** The redacted copy of a capture that comes in chunks. */
export function redact(chunks: readonly (string | Uint8Array)[], options: Partial<RedactorOptions> = {}): Buffer {
  const redactor = createCaptureRedactor({ ...byKnownKey, ...options });
  const pieces = chunks.map((chunk) => redactor.push(Buffer.from(chunk)));
  return Buffer.concat([...pieces, redactor.end()]);
}
