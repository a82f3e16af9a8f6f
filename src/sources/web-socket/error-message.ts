import { asObject, parsePayload } from "../../model/payload.ts";

/**
 * Whether a message reports an error: over a WebSocket one may come before anything shows the protocol, such as for a model
 * that does not exist (https://platform.openai.com/docs/guides/websocket-mode), and nothing follows it until something else
 * is asked for.
 */
export function isErrorMessage(data: string): boolean {
  const payload = parsePayload(data);
  if (payload.type !== "object") return false;
  return payload.value.type === "error" || asObject(payload.value.error) !== null;
}
