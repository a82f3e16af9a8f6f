// The parts of a candidate as items. Gemini does not number them: consecutive parts of one kind are one item, and a
// hosted tool's result belongs to its call. https://ai.google.dev/api/caching#Part
import type { ItemSnapshot } from "../../model/facts.ts";
import type { TextKind } from "../../model/text-kinds.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { type ArgumentsText, createArgumentsText } from "./arguments.ts";
import { jsonText } from "../../model/json-text.ts";
import type { KeyedItems } from "../reader/keyed-items.ts";

export interface Parts {
  read(part: JsonObject): void;
  /** A source of the text, in the candidate's metadata. */
  annotate(kind: string | null, title: string | null): void;
  /** Ends all items. `isWhole`: no part of the candidate was cut. */
  end(isWhole: boolean): void;
}

/** Fields that describe other content of the same part. */
const COMPANIONS: ReadonlySet<string> = new Set([
  "text",
  "thought",
  "thoughtSignature",
  "partMetadata",
  "mediaResolution",
  "videoMetadata",
]);

/** Reads the parts of one candidate. `name` separates its items from those of others; `items` end their texts. */
export function createParts(writer: FactWriter, items: KeyedItems, name: string): Parts {
  /** The item that the next part may continue. */
  let open: { readonly type: string; readonly item: number; readonly argumentsText: ArgumentsText } | null = null;
  /** Keys of hosted tools' calls that have no result yet. */
  const hosted = new Set<string>();

  function start(key: string, type: string, fields: Partial<ItemSnapshot> = {}): number {
    return items.open(key, () => ({ id: null, type, status: null, ...fields }));
  }

  function say(kind: TextKind, item: number, text: string): void {
    if (text !== "") writer.delta(kind, item, 0, text);
  }

  function endOpen(isWhole: boolean): void {
    if (open === null) return;
    const isCall = open.type === FUNCTION_CALL;
    if (isCall && isWhole) say("tool-input", open.item, open.argumentsText.close());
    items.end(name, isCall && !isWhole ? { status: "incomplete" } : {});
    open = null;
  }

  function goOn(type: string, fields?: Partial<ItemSnapshot>): number {
    if (open?.type !== type) {
      endOpen(true);
      open = { type, item: start(name, type, fields), argumentsText: createArgumentsText() };
    }
    return open.item;
  }

  function readText(text: string, isThought: boolean): void {
    // An empty text only carries a signature or the finish reason.
    if (text === "") return;
    const kind: TextKind = isThought ? "reasoning" : "text";
    say(kind, goOn(isThought ? "reasoning" : "message"), text);
  }

  function readCall(call: JsonObject): void {
    const { args, partialArgs } = call;
    const toolName = asString(call.name);
    const isOpen = open?.type === FUNCTION_CALL;
    // An empty call ends a streamed one.
    if (!isOpen && toolName === null && args === undefined && partialArgs === undefined) return;
    if (toolName !== null) endOpen(true);
    const item = goOn(FUNCTION_CALL, fieldsOf(toolName, asString(call.id)));
    const whole = asObject(args);
    if (whole !== null) {
      say("tool-input", item, jsonText(whole));
      items.end(name);
      open = null;
      return;
    }
    for (const fragment of asObjects(partialArgs)) {
      const text = open?.argumentsText.add(fragment) ?? null;
      if (text === null) writer.tell({ type: "unrecognized", name: "functionCall.partialArgs" });
      else say("tool-input", item, text);
    }
    if (call.willContinue !== true) endOpen(true);
  }

  function keyOf(tool: string, id: string | null): string {
    return `${name}/${tool}/${id ?? ""}`;
  }

  function startHosted(type: string, id: string | null, toolName: string | null): number {
    endOpen(true);
    const key = keyOf(type, id);
    // A second call without an id: the first one gets no more results.
    items.end(key);
    hosted.delete(key);
    hosted.add(key);
    return start(key, type, fieldsOf(toolName, id));
  }

  /** A result belongs to its call; if the call is not in the capture, the result is an item of its own. */
  function endHosted(type: string, id: string | null, status: string | null, output: string): void {
    endOpen(true);
    const key = keyOf(type, id);
    const item = items.find(key) ?? start(key, type.replace(/_call$/, "_result"), fieldsOf(null, id));
    say("tool-output", item, output);
    items.end(key, status === null ? {} : { status });
    hosted.delete(key);
  }

  function readMedia(field: string, { mimeType, data }: JsonObject): void {
    const media = asString(mimeType)?.split("/", 1)[0];
    const base64Length = asString(data)?.length ?? 0;
    if (media !== "image" && media !== "audio") return writer.tell({ type: "unrecognized", name: field });
    writer.tell({ type: "media-delta", media, response: writer.response(), item: goOn("message"), base64Length });
  }

  const readers: Readonly<Record<string, (value: JsonObject) => void>> = {
    functionCall: readCall,
    executableCode: ({ id, code }) => say("code", startHosted(CODE_CALL, asString(id), null), asString(code) ?? ""),
    codeExecutionResult: ({ id, outcome, output }) =>
      endHosted(CODE_CALL, asString(id), asString(outcome), asString(output) ?? ""),
    toolCall: ({ id, toolType, args }) =>
      say("tool-input", startHosted(TOOL_CALL, asString(id), asString(toolType)), jsonOf(args)),
    toolResponse: ({ id, response }) => endHosted(TOOL_CALL, asString(id), null, jsonOf(response)),
    inlineData: (value) => readMedia("inlineData", value),
  };

  return {
    read(part) {
      for (const [field, value] of Object.entries(part)) {
        // Dumps of SDKs list missing fields too.
        if (COMPANIONS.has(field) || value === null) continue;
        const object = asObject(value);
        const reader = object !== null && Object.hasOwn(readers, field) ? readers[field] : undefined;
        if (object === null || reader === undefined) writer.tell({ type: "unrecognized", name: field });
        else reader(object);
      }
      const text = asString(part.text);
      if (text !== null) readText(text, part.thought === true);
    },
    annotate(kind, title) {
      const item = open?.item ?? writer.lastItem();
      writer.tell({ type: "annotation-added", response: writer.response(), item, kind, title });
    },
    end(isWhole) {
      endOpen(isWhole);
      for (const key of hosted) items.end(key);
      hosted.clear();
    },
  };
}

const FUNCTION_CALL = "function_call";
const CODE_CALL = "code_execution_call";
const TOOL_CALL = "tool_call";

function fieldsOf(name: string | null, callId: string | null): Partial<ItemSnapshot> {
  return { ...(name !== null && { name }), ...(callId !== null && { callId }) };
}

function jsonOf(value: unknown): string {
  return asObject(value) === null ? "" : jsonText(value);
}
