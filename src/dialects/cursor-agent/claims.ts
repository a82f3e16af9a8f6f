// Detects lines of Cursor's CLI. They look like those of Claude Code, but have no `uuid`, `parent_tool_use_id`, message
// ids, tool list or turn count.
import { asObject, asString, type JsonObject } from "../../model/payload.ts";

export function isOfCursor(value: JsonObject): boolean {
  if (asString(value.session_id) === null || value.uuid !== undefined) return false;
  switch (value.type) {
    case "system":
      return value.subtype === "init" && asString(value.apiKeySource) !== null && value.tools === undefined;
    case "user":
    case "assistant": {
      const message = asObject(value.message);
      return message?.role === value.type && message.id === undefined && value.parent_tool_use_id === undefined;
    }
    case "tool_call":
      return asString(value.call_id) !== null && asObject(value.tool_call) !== null;
    case "thinking":
      return value.subtype === "delta" || value.subtype === "completed";
    case "result":
      return asString(value.subtype) !== null && value.num_turns === undefined && asString(value.request_id) !== null;
    default:
      return false;
  }
}
