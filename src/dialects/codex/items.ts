// The items of a Codex turn: messages, reasoning and actions of the agent. They come whole.
import type { ItemSnapshot } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WholeText } from "../reader/fact-writer.ts";

export function snapshotOf(item: JsonObject): ItemSnapshot {
  const tool = asString(item.tool);
  const server = asString(item.server);
  const name = tool === null || server === null ? tool : `${server}.${tool}`;
  const [change] = asObjects(item.changes);
  const warning = item.type === "error" ? asString(item.message) : null;
  const detail = asString(item.query) ?? asString(change?.path) ?? describeSteps(item) ?? warning;
  return {
    id: asString(item.id),
    type: asString(item.type) ?? "unknown",
    status: asString(item.status),
    ...(name !== null && { name }),
    ...(detail !== null && { detail }),
  };
}

/** Progress of a to-do list; null for another item. */
function describeSteps({ type, items }: JsonObject): string | null {
  if (type !== "todo_list") return null;
  const steps = asObjects(items);
  return `${steps.filter(({ completed }) => completed === true).length} of ${steps.length} done`;
}

/** The texts in each type of item. */
export function textsOf(item: JsonObject): WholeText[] {
  return allTextsOf(item).filter(({ text }) => text !== "");
}

function allTextsOf(item: JsonObject): WholeText[] {
  const text = asString(item.text) ?? "";
  switch (item.type) {
    case "agent_message":
    case "plan":
      return [{ kind: "text", part: 0, text }];
    case "reasoning":
      return [{ kind: "reasoning-summary", part: 0, text }];
    case "command_execution":
      return [
        { kind: "tool-input", part: 0, text: asString(item.command) ?? "" },
        { kind: "tool-output", part: 0, text: asString(item.aggregated_output) ?? "" },
      ];
    case "mcp_tool_call": {
      const input = asObject(item.arguments) === null ? "" : jsonText(item.arguments);
      const output = asString(asObject(item.error)?.message) ?? textOfContent(asObject(item.result));
      return [
        { kind: "tool-input", part: 0, text: input },
        { kind: "tool-output", part: 0, text: output },
      ];
    }
    case "collab_tool_call":
      return [{ kind: "tool-input", part: 0, text: asString(item.prompt) ?? "" }];
    default:
      return [];
  }
}

/** The texts of an MCP result: https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool-result */
function textOfContent(result: JsonObject | null): string {
  return asObjects(result?.content)
    .map(({ text }) => asString(text) ?? "")
    .join("");
}
