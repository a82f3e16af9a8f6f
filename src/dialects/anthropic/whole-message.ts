// A message that was made without streaming, as the data of an event.
import type { JsonObject } from "../../model/payload.ts";

/**
 * Whether a payload is a whole message in place of the events of a stream, as gateways send what they made themselves:
 * https://github.com/BerriAI/litellm/issues/38953
 */
export function isWholeMessage({ type, role, content }: JsonObject): boolean {
  return type === "message" && role === "assistant" && Array.isArray(content);
}
