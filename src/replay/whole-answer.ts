// What a request without streaming is answered with: the JSON that the chosen capture adds up to.
import { dialectsAt } from "../dialects/requests.ts";
import { traitsNamed } from "../dialects/traits-named.ts";
import type { JsonObject } from "../model/payload.ts";
import type { Asked } from "./asked.ts";
import type { Chosen, Refusal } from "./program.ts";

export interface Made {
  /** Null: the capture is sent as it is. */
  readonly document: JsonObject | null;
  /** What was made of it, for people; null: nothing. */
  readonly note: string | null;
}

const AS_IT_IS: Made = { document: null, note: null };

/** Makes the answer to a request; refuses where the capture holds none. Throws UserError where it cannot be read. */
export async function answerOf(chosen: Chosen, { asksForStream, address }: Asked): Promise<Made | Refusal> {
  if (asksForStream !== false || chosen.isRecordedAnswer) return AS_IT_IS;
  const { dialect, document } = await chosen.known();
  // What is no stream, such as an HTTP error, is what its server sent.
  if (dialect === null) return AS_IT_IS;
  const path = address.pathname;
  const wanted = dialectsAt(path).map(({ name }) => name);
  const { name } = chosen.capture;
  if (wanted.length > 0 && !wanted.includes(dialect)) {
    return {
      refusal: `the request is for a response of ${wanted.join(" or ")} without streaming, and ${name} is ${dialect}`,
    };
  }
  if (document === null) {
    return {
      refusal: `the request is for a response without streaming, and ${name} (${dialect}) does not add up to one`,
    };
  }
  const envelope = traitsNamed(dialect)?.requests?.envelope;
  return { document: envelope?.(path, document) ?? document, note: "as one JSON document" };
}
