// Reads from a request body what is requested: JSON, or a form, as uploads of audio and images are.

/** `multipart/form-data`, with its boundary: RFC 7578, 4. */
const FORM = /^multipart\/form-data;.*?boundary="?([^";]+)/i;
/** A part without a file name, and its value. */
const FIELD =
  /^\r?\ncontent-disposition:[^\r\n]*?\bname="?([^"\r\n;]+)"?[ \t]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^]*?)\r?\n$/i;
/** Limit on the fields of interest, which are short; files are not. */
const LONGEST_FIELD = 64 * 1024;

/**
 * The value of a body: parsed JSON, or the text fields of a form, with `true` and `false` as booleans, as in JSON.
 * Undefined if it is neither.
 */
export function parseRequestBody(body: Uint8Array, contentType: string | null): unknown {
  const boundary = FORM.exec(contentType ?? "")?.[1];
  if (boundary !== undefined) return formFields(Buffer.from(body.buffer, body.byteOffset, body.length), boundary);
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function formFields(body: Buffer, boundary: string): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  const delimiter = `--${boundary}`;
  let from = body.indexOf(delimiter);
  while (from !== -1) {
    const start = from + delimiter.length;
    const next = body.indexOf(delimiter, start);
    if (next === -1) break;
    if (next - start <= LONGEST_FIELD) {
      const [, name, value] = FIELD.exec(body.toString("utf8", start, next)) ?? [];
      if (name !== undefined && value !== undefined) fields.set(name, booleanOr(value));
    }
    from = next;
  }
  return Object.fromEntries(fields);
}

function booleanOr(value: string): unknown {
  return value === "true" || value === "false" ? value === "true" : value;
}
