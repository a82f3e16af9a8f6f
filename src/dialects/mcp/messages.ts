// What MCP messages hold: the results of requests by their shape, for the method that was asked for is not in the
// stream, and notifications in a few words. https://modelcontextprotocol.io/specification/2025-11-25/schema
import { jsonText } from "../../model/json-text.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

export interface Result {
  /** What it is of, null where it says nothing: an empty result says that all is well. */
  readonly type: string | null;
  readonly status: string | null;
  readonly detail: string | null;
  readonly texts: readonly string[];
  readonly references: readonly { readonly kind: string; readonly title: string | null }[];
  readonly media: readonly { readonly kind: "audio" | "image"; readonly base64Length: number }[];
}

const NOTHING: Result = { type: null, status: null, detail: null, texts: [], references: [], media: [] };

/** Lists by the key of the result that holds them. */
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

/** What a tool gave, which may be that it failed: https://modelcontextprotocol.io/specification/2025-11-25/server/tools */
function readToolResult({ content, structuredContent, isError }: JsonObject): Result {
  const blocks = readBlocks(Array.isArray(content) ? content : []);
  // For clients of old the same is in a text; where it is not, it is all there is.
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

/** What a notification, or a request of the server's, says; null where its method says it all. */
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
