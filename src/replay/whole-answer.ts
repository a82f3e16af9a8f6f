// Builds the response to a request without streaming: one JSON document from the chosen capture.
import { dialectsAt } from "../dialects/requests.ts";
import { traitsNamed } from "../dialects/traits-named.ts";
import { type JsonObject, parsePayload } from "../model/payload.ts";
import type { Asked } from "./asked.ts";
import type { Chosen, Refusal } from "./program.ts";

export interface Made {
  /** Null: the capture is sent as it is. */
  readonly document: JsonObject | null;
  /** How the capture was changed, for the log; null: it was not. */
  readonly note: string | null;
}

const NOT_IMPLEMENTED = 501;
/** A 4xx, because clients retry after 5xx. */
const BAD_REQUEST = 400;

const AS_IT_IS: Made = { document: null, note: null };

function refuse(refusal: string, status = NOT_IMPLEMENTED): Refusal {
  return { refusal, status };
}

/** Builds the response; refuses if the capture does not hold one. Throws UserError if it cannot be read. */
export async function answerOf(chosen: Chosen, { asksForStream, address, json }: Asked): Promise<Made | Refusal> {
  if (asksForStream !== false || chosen.isRecordedAnswer) return AS_IT_IS;
  const { dialect, document, text } = await chosen.known();
  // A capture that is not a stream, such as an HTTP error, is sent as it is.
  if (dialect === null) return AS_IT_IS;
  const path = address.pathname;
  const apis = dialectsAt(path);
  const wanted = apis.map(({ name }) => name).join(" or ");
  const { name } = chosen.capture;
  if (apis.length > 0 && !apis.some((api) => api.name === dialect)) {
    return refuse(`the request is for a non-streaming response of ${wanted}, but ${name} is ${dialect}`);
  }
  if (document === null) {
    return refuse(`the request is for a non-streaming response, but ${name} (${dialect}) is not a complete response`);
  }
  const isForJson = json !== null && apis.some(({ requests }) => requests?.asksForJson?.(json) === true);
  if (isForJson && parsePayload(text).type !== "object") {
    return refuse(`the request is for JSON text, but the text of ${name} is not JSON`, BAD_REQUEST);
  }
  const envelope = traitsNamed(dialect)?.requests?.envelope;
  return { document: envelope?.(path, document) ?? document, note: "as one JSON document" };
}
