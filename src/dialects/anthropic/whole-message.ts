// Detects a message that was made without streaming, as the data of an event.
import type { JsonObject } from "../../model/payload.ts";

/**
 * Whether a payload is a whole message in place of stream events, as gateways send messages that they made themselves:
 * https://github.com/BerriAI/litellm/issues/38953
 */
export function isWholeMessage({ type, role, content }: JsonObject): boolean {
  return type === "message" && role === "assistant" && Array.isArray(content);
}
