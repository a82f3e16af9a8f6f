// The response that an AWS Lambda function streams: status and headers as JSON, eight NUL bytes, then the body. Clients
// receive it in this form if nothing in between decodes it.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
import { asObject, asString, parsePayload } from "../model/payload.ts";
import { withoutSecrets } from "../model/address.ts";
import { asHttpStatus, type HttpHead } from "../model/http-head.ts";
import type { Framing } from "./framing.ts";
import { createHeadedFramer, type FoundBody } from "./headed-body.ts";

const DELIMITER = Buffer.alloc(8);
const LF = 0x0a;
const OPENING_BRACE = 0x7b;
/** The limit that Lambda sets. */
const MOST_PRELUDE_BYTES = 16 * 1024;
const BEGINNING = /^\{\s*"(?:statusCode|headers|multiValueHeaders|cookies)"/;
const MAY_BECOME_BEGINNING = /^\{\s*(?:"\w*)?$/;

export const lambda: Framing = {
  name: "lambda",
  title: "Lambda response stream: a JSON prelude, 8 NUL bytes, then the body",
  mediaTypes: [],
  detect(head, complete) {
    // The first byte rules out most inputs, and checking it costs less than a regular expression.
    if (head[0] !== OPENING_BRACE) return false;
    const input = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, MOST_PRELUDE_BYTES));
    const text = input.toString("latin1");
    const isAll = complete || head.byteLength >= MOST_PRELUDE_BYTES;
    if (!BEGINNING.test(text)) return !isAll && MAY_BECOME_BEGINNING.test(text) ? null : false;
    if (input.includes(DELIMITER)) return true;
    // The prelude is one line.
    return isAll || input.includes(LF) ? false : null;
  },
  create: (open, options) => createHeadedFramer(lambda.name, findBody, open, options),
};

function findBody(bytes: Buffer, complete: boolean): FoundBody | null {
  const end = bytes.subarray(0, MOST_PRELUDE_BYTES + DELIMITER.length).indexOf(DELIMITER);
  if (end === -1) {
    const isNone = complete || bytes.length > MOST_PRELUDE_BYTES;
    return isNone ? { start: 0, http: null, isChunked: false } : null;
  }
  return { start: end + DELIMITER.length, http: readPrelude(bytes.toString("utf8", 0, end)), isChunked: false };
}

function readPrelude(text: string): HttpHead | null {
  const payload = parsePayload(text);
  const { statusCode, headers } = payload.type === "object" ? payload.value : {};
  const status = asHttpStatus(statusCode);
  if (status === null) return null;
  const named = Object.entries(asObject(headers) ?? {});
  const valueOf = (name: string) => asString(named.find(([key]) => key.toLowerCase() === name)?.[1]);
  const location = valueOf("location");
  return {
    status,
    statusText: "",
    contentType: valueOf("content-type"),
    location: location === null ? null : withoutSecrets(location),
  };
}
