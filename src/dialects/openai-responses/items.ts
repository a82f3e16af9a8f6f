// The output items of the OpenAI Responses API, in the one form of facts and the report.
// https://platform.openai.com/docs/api-reference/responses/object#responses/object-output
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { jsonText } from "../../model/json-text.ts";
import { asId, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WholeText } from "../reader/fact-writer.ts";

/** Name, id and state of an item, and the request of a call without streamed input. */
export function readItem(item: JsonObject): ItemSnapshot {
  const name = asString(item.name) ?? asString(item.server_label);
  const callId = asString(item.call_id);
  const detail = readDetail(item);
  return {
    id: asId(item.id),
    type: asString(item.type) ?? "unknown",
    status: asString(item.status),
    ...(name !== null && { name }),
    ...(callId !== null && { callId }),
    ...(detail !== null && { detail }),
  };
}

function readDetail(item: JsonObject): string | null {
  const action = asObject(item.action);
  const operation = asObject(item.operation);
  switch (item.type) {
    case "web_search_call":
      return asString(action?.query) ?? asString(action?.url) ?? asString(action?.type);
    case "file_search_call":
      return strings(item.queries).join(" | ") || null;
    case "computer_call":
      return asString(action?.type);
    case "apply_patch_call":
      return [asString(operation?.type), asString(operation?.path)].filter(Boolean).join(" ") || null;
    case "image_generation_call": {
      const result = asString(item.result);
      return result === null ? null : `${result.length} base64 characters`;
    }
    case "mcp_list_tools":
    case "tool_search_output":
      return describeTools(item);
    default:
      return null;
  }
}

/** How many tools were found, or why none were; null while unknown. */
function describeTools({ tools, error }: JsonObject): string | null {
  const failure = asText(error);
  if (failure !== "") return `error: ${failure}`;
  return Array.isArray(tools) && tools.length > 0 ? `${tools.length} tools` : null;
}

/** The whole texts in a finished item, for streams without deltas of them. */
export function readItemTexts(item: JsonObject): WholeText[] {
  const texts = textsByType(item);
  return texts.filter(({ text }) => text !== "");
}

function textsByType(item: JsonObject): WholeText[] {
  const action = asObject(item.action);
  switch (item.type) {
    case "message":
      return [
        ...readParts("text", item.content, "output_text", "text"),
        ...readParts("refusal", item.content, "refusal", "refusal"),
      ];
    case "reasoning":
      return [
        ...readParts("reasoning-summary", item.summary, "summary_text", "text"),
        ...readParts("reasoning", item.content, "reasoning_text", "text"),
      ];
    case "mcp_call":
      return [
        whole("tool-input", asText(item.arguments)),
        whole("tool-output", asText(item.output) || asText(item.error)),
      ];
    case "custom_tool_call":
      return [whole("tool-input", asText(item.input))];
    case "code_interpreter_call":
      return [whole("code", asText(item.code)), ...readParts("tool-output", item.outputs, "logs", "logs")];
    case "apply_patch_call":
      return [whole("code", asText(asObject(item.operation)?.diff))];
    case "shell_call":
      return strings(action?.commands).map((text, part) => ({ kind: "code", part, text }));
    case "local_shell_call":
      return [whole("code", strings(action?.command).join(" "))];
    case "program":
      return [whole("code", asText(item.code))];
    case "shell_call_output":
      return asObjects(item.output).map((entry, part) => ({
        kind: "tool-output",
        part,
        text: readShellOutput([entry]),
      }));
    case "program_output":
      return [whole("tool-output", asText(item.result))];
    default:
      return [whole("tool-input", asText(item.arguments)), whole("tool-output", asText(item.output))];
  }
}

function whole(kind: TextKind, text: string): WholeText {
  return { kind, part: 0, text };
}

/** The texts of one type in a list of parts; a part's number is its place in that list. */
function readParts(kind: TextKind, parts: unknown, type: string, key: string): WholeText[] {
  return asObjects(parts)
    .map((value, part) => ({ kind, part, text: value.type === type ? asText(value[key]) : "" }))
    .filter(({ text }) => text !== "");
}

/** The output of a shell, from the `output` list of an item or a done event. */
export function readShellOutput(output: unknown): string {
  return asObjects(output)
    .map((entry) => asText(entry.stdout) + asText(entry.stderr))
    .join("");
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** A string as it is, nothing as "", and other values, which some providers send, as JSON text. */
function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : jsonText(value);
}
