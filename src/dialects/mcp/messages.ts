// Reads the content of MCP messages: results by their shape, as the request's method is not in the stream, and short
// descriptions of notifications. https://modelcontextprotocol.io/specification/2025-11-25/schema
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

export interface Result {
  /** The type of the result; null for an empty result, which only reports success. */
  readonly type: string | null;
  readonly status: string | null;
  readonly detail: string | null;
  readonly texts: readonly string[];
  readonly references: readonly { readonly kind: string; readonly title: string | null }[];
  readonly media: readonly { readonly kind: "audio" | "image"; readonly base64Length: number }[];
}

const NOTHING: Result = { type: null, status: null, detail: null, texts: [], references: [], media: [] };

/** Lists by their key in the result. */
const LISTS = ["tools", "prompts", "resources", "resourceTemplates"] as const;
const MOST_NAMES = 5;

/** Reads the result of a request. */
export function readResult(result: JsonObject): Result {
  const server = asObject(result.serverInfo);
  if (server !== null) {
    const words = [asString(server.name), asString(server.version), asString(result.protocolVersion)];
    return { ...NOTHING, type: "initialize_result", detail: words.filter(Boolean).join(" ") || null };
  }
  for (const list of LISTS) {
    if (Array.isArray(result[list])) return { ...NOTHING, type: list, detail: describeList(asObjects(result[list])) };
  }
  if (Array.isArray(result.contents)) return { ...NOTHING, ...readBlocks(result.contents), type: "resource_contents" };
  if (Array.isArray(result.messages)) {
    const blocks = asObjects(result.messages).map(({ content }) => content);
    return { ...NOTHING, ...readBlocks(blocks), type: "prompt", detail: asString(result.description) };
  }
  if (Array.isArray(result.content) || result.structuredContent !== undefined) return readToolResult(result);
  const keys = Object.keys(result).filter((key) => key !== "_meta");
  return keys.length === 0 ? NOTHING : { ...NOTHING, type: "result", detail: keys.slice(0, MOST_NAMES).join(", ") };
}

/**
 * Reads the result of a tool, which may be a failure:
 * https://modelcontextprotocol.io/specification/2025-11-25/server/tools
 */
function readToolResult({ content, structuredContent, isError }: JsonObject): Result {
  const blocks = readBlocks(Array.isArray(content) ? content : []);
  // For older clients, a text repeats the structured content; if it does not, only the content counts.
  const texts = Array.isArray(content) && content.length > 0 ? blocks.texts : [jsonText(structuredContent ?? null)];
  const isEmpty = structuredContent === undefined && blocks.texts.length === 0;
  return {
    ...NOTHING,
    ...blocks,
    texts: isEmpty ? [] : texts,
    type: "tool_result",
    status: isError === true ? "error" : "completed",
  };
}

/** https://modelcontextprotocol.io/specification/2025-11-25/schema#contentblock, and the contents of resources. */
function readBlocks(content: readonly unknown[]): Pick<Result, "texts" | "references" | "media"> {
  const texts: string[] = [];
  const references: { kind: string; title: string | null }[] = [];
  const media: { kind: "audio" | "image"; base64Length: number }[] = [];
  for (const block of asObjects(content)) {
    const resource = asObject(block.resource) ?? block;
    const text = asString(resource.text);
    const data = asString(block.data) ?? asString(resource.blob);
    const uri = asString(resource.uri);
    if (text !== null) texts.push(text);
    if (data !== null) media.push({ kind: block.type === "audio" ? "audio" : "image", base64Length: data.length });
    if (uri !== null) {
      references.push({ kind: asString(block.type) ?? "resource", title: asString(resource.title) ?? uri });
    }
  }
  return { texts, references, media };
}

function describeList(entries: readonly JsonObject[]): string {
  const names = entries.map(({ name }) => asString(name)).filter((name) => name !== null);
  const more = names.length > MOST_NAMES ? " …" : "";
  return names.length === 0
    ? `${entries.length}`
    : `${entries.length}: ${names.slice(0, MOST_NAMES).join(", ")}${more}`;
}

/** A short description of a notification or a server's request; null if its method is enough. */
export function describeMessage(method: string, params: JsonObject): string | null {
  switch (method) {
    case "notifications/progress":
      return describeProgress(params);
    case "notifications/message": {
      const data = asObject(params.data);
      const words = asString(params.data) ?? asString(data?.msg) ?? asString(data?.message);
      const text = words ?? (params.data === undefined ? null : jsonText(params.data));
      const head = [asString(params.level), asString(params.logger)].filter(Boolean).join(" ");
      return [head, text].filter(Boolean).join(": ") || null;
    }
    case "notifications/cancelled":
      return asString(params.reason);
    default:
      return asString(params.message) ?? asString(params.uri);
  }
}

function describeProgress({ progress, total, message }: JsonObject): string | null {
  const done = typeof progress === "number" ? `${progress}` : null;
  const of = typeof total === "number" ? ` of ${total}` : "";
  return [done === null ? null : `${done}${of}`, asString(message)].filter(Boolean).join(": ") || null;
}
