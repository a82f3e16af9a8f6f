// The items of a Codex turn: what the agent says, thinks and does. They come whole.
import type { ItemSnapshot } from "../../model/facts.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WholeText } from "../reader/fact-writer.ts";

export function snapshotOf(item: JsonObject): ItemSnapshot {
  const tool = asString(item.tool);
  const server = asString(item.server);
  const name = tool === null || server === null ? tool : `${server}.${tool}`;
  const [change] = asObjects(item.changes);
  const warning = item.type === "error" ? asString(item.message) : null;
  const detail = asString(item.query) ?? asString(change?.path) ?? warning;
  return {
    id: asString(item.id),
    type: asString(item.type) ?? "unknown",
    status: asString(item.status),
    ...(name !== null && { name }),
    ...(detail !== null && { detail }),
  };
}

/** What each type of item holds. */
export function textsOf(item: JsonObject): WholeText[] {
  return allTextsOf(item).filter(({ text }) => text !== "");
}

function allTextsOf(item: JsonObject): WholeText[] {
  const text = asString(item.text) ?? "";
  switch (item.type) {
    case "agent_message":
      return [{ kind: "text", part: 0, text }];
    case "reasoning":
      return [{ kind: "reasoning-summary", part: 0, text }];
    case "command_execution":
      return [
        { kind: "tool-input", part: 0, text: asString(item.command) ?? "" },
        { kind: "tool-output", part: 0, text: asString(item.aggregated_output) ?? "" },
      ];
    case "mcp_tool_call": {
      const input = asObject(item.arguments) === null ? "" : JSON.stringify(item.arguments);
      return [{ kind: "tool-input", part: 0, text: input }];
    }
    default:
      return [];
  }
}
