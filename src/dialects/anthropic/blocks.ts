// Content blocks of Anthropic's Messages: the item that each one is, and the whole texts in it.
// https://platform.claude.com/docs/en/api/messages
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { WholeText } from "../reader/fact-writer.ts";

/** The known blocks, except the results of tools, whose types share one ending. */
const KNOWN_BLOCKS: ReadonlySet<string> = new Set([
  "text",
  "thinking",
  "redacted_thinking",
  "tool_use",
  "server_tool_use",
  "mcp_tool_use",
  "mcp_tool_listing",
  "compaction",
  "fallback",
  "container_upload",
]);

/** web_search_tool_result, bash_code_execution_tool_result, mcp_tool_result … */
const RESULT = /_tool_result$/;
/** Blocks that call a tool; `input` is an object, empty if fragments of JSON text follow. */
const CALL = /tool_use$/;

export interface DeltaOf {
  readonly field: string;
  /** Null: a citation. */
  readonly kind: TextKind | null;
  readonly block: string;
}

/** Of each delta: the field with its text, the kind of text, and the block it belongs to. */
export const DELTAS: ReadonlyMap<string, DeltaOf> = new Map([
  ["text_delta", { field: "text", kind: "text", block: "text" }],
  ["thinking_delta", { field: "thinking", kind: "reasoning", block: "thinking" }],
  ["input_json_delta", { field: "partial_json", kind: "tool-input", block: "tool_use" }],
  ["compaction_delta", { field: "content", kind: "tool-output", block: "compaction" }],
  ["citations_delta", { field: "citation", kind: null, block: "text" }],
]);

export function isKnownBlock(type: string | null): boolean {
  return type !== null && (KNOWN_BLOCKS.has(type) || RESULT.test(type));
}

/** The item of a block: a call's id and a result's `tool_use_id` join the two. */
export function readBlock(block: JsonObject): ItemSnapshot {
  const id = asString(block.id);
  const name = asString(block.name);
  const type = asString(block.type) ?? "";
  const callId = asString(block.tool_use_id) ?? (CALL.test(type) ? id : null);
  const detail = readDetail(block);
  return {
    id,
    type,
    status: null,
    ...(name !== null && { name }),
    ...(callId !== null && { callId }),
    ...(detail !== null && { detail }),
  };
}

/** A short description of a block that has no text of its own. */
function readDetail(block: JsonObject): string | null {
  if (block.type === "fallback") {
    return `${asString(asObject(block.from)?.model) ?? "?"} to ${asString(asObject(block.to)?.model) ?? "?"}`;
  }
  if (block.type === "container_upload") return asString(block.file_id);
  if (block.type === "mcp_tool_use") return asString(block.server_name);
  const content = asObject(block.content);
  if (content === null) return null;
  return asString(content.error_code) ?? asString(content.url);
}

/** The texts that a block starts with, usually empty; deltas are appended to them. */
export function readFirstTexts(block: JsonObject): WholeText[] {
  const text: WholeText = { kind: "text", part: 0, text: asString(block.text) ?? "" };
  const thinking: WholeText = { kind: "reasoning", part: 0, text: asString(block.thinking) ?? "" };
  const output: WholeText = { kind: "tool-output", part: 0, text: readOutput(block) };
  return [text, thinking, output].filter(({ text }) => text !== "");
}

/** The input in a call's block, for calls without fragments: as JSON text, like the fragments. */
export function readInput(block: JsonObject): WholeText[] {
  const input = asObject(block.input);
  if (input === null || !CALL.test(asString(block.type) ?? "")) return [];
  return [{ kind: "tool-input", part: 0, text: jsonText(input) }];
}

/** The text in a tool's result: program output, advice, a page, tool names, titles. */
function readOutput(block: JsonObject): string {
  const type = asString(block.type) ?? "";
  if (type === "compaction") return asString(block.content) ?? "";
  if (!RESULT.test(type)) return "";
  const text = asString(block.content);
  if (text !== null) return text;
  const content = asObject(block.content);
  if (content !== null) return readResult(content);
  return asObjects(block.content)
    .map((entry) => asString(entry.text) ?? readSource(entry))
    .filter((line) => line !== "")
    .join("\n");
}

function readResult(content: JsonObject): string {
  const written = (asString(content.stdout) ?? "") + (asString(content.stderr) ?? "");
  const tools = asObjects(content.tool_references).map(({ tool_name: name }) => asString(name) ?? "");
  const page = asString(asObject(asObject(content.content)?.source)?.data);
  return written || (asString(content.text) ?? asString(content.content) ?? page ?? tools.join("\n"));
}

/** A source that a search found. */
function readSource({ title, url }: JsonObject): string {
  return [title, url].filter((word) => typeof word === "string").join(" ");
}
