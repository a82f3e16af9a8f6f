import { asObject, parsePayload } from "../../model/payload.ts";

/**
 * Whether a message reports an error. Over a WebSocket an error may come before any message shows the protocol, for
 * example for a model that does not exist (https://platform.openai.com/docs/guides/websocket-mode). Nothing follows it
 * until the client sends another request.
 */
export function isErrorMessage(data: string): boolean {
  const payload = parsePayload(data);
  if (payload.type !== "object") return false;
  return payload.value.type === "error" || asObject(payload.value.error) !== null;
}
