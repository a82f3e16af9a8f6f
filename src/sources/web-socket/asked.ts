// Reads from a client's WebSocket messages what it requests.
import type { HttpExchange } from "../../model/http-head.ts";
import { asObject, asString } from "../../model/payload.ts";

type Asked = Pick<HttpExchange["request"], "model" | "stream">;

/** A WebSocket always streams. The model is from the first message that names one. */
export function askedBy(messages: Iterable<Uint8Array>): Asked {
  for (const message of messages) {
    const model = modelIn(message);
    if (model !== null) return { model, stream: true };
  }
  return { stream: true };
}

/**
 * `model` of a message, or of an object in it: `response.create` of the Responses API has it beside its type
 * (https://platform.openai.com/docs/guides/websocket-mode), `session.update` of the Realtime API in `session`, and the
 * first message of Gemini's Live API in `setup` (https://ai.google.dev/api/live).
 */
function modelIn(message: Uint8Array): string | null {
  const object = asObject(parsed(message));
  if (object === null) return null;
  return [object, ...Object.values(object)].map((value) => asString(asObject(value)?.model)).find(isName) ?? null;
}

function isName(model: string | null): model is string {
  return model !== null;
}

function parsed(message: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(message));
  } catch {
    return null;
  }
}
