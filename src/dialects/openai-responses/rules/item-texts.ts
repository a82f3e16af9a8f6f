// The texts in a finished item of the Responses API.
import type { TextKind } from "../../../model/text-kinds.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";

/** All texts of one kind, by part; "" if a part has another kind. */
export interface SaidTexts {
  readonly kind: TextKind;
  readonly texts: readonly string[];
}

/** The kind of text in each type of part, and its field. */
const PART_TEXTS: Readonly<Record<string, { readonly kind: TextKind; readonly key: string }>> = {
  output_text: { kind: "text", key: "text" },
  refusal: { kind: "refusal", key: "refusal" },
  reasoning_text: { kind: "reasoning", key: "text" },
  summary_text: { kind: "reasoning-summary", key: "text" },
};

/** The text of a part; null if its type is unknown or it has no text. */
export function textOfPart(part: JsonObject): { readonly kind: TextKind; readonly text: string } | null {
  const said = PART_TEXTS[asString(part.type) ?? ""];
  const text = said === undefined ? null : asString(part[said.key]);
  return said === undefined || text === null ? null : { kind: said.kind, text };
}

/** The streamed texts of an item; texts that it may leave out, such as reasoning, are not included. */
export function textsOfItem(item: JsonObject): SaidTexts[] {
  switch (item.type) {
    case "message":
      return [inParts("text", item.content), inParts("refusal", item.content)];
    case "reasoning":
      return [
        ...(Array.isArray(item.summary) ? [inParts("reasoning-summary", item.summary)] : []),
        ...(Array.isArray(item.content) ? [inParts("reasoning", item.content)] : []),
      ];
    case "function_call":
    case "mcp_call":
      return whole("tool-input", item.arguments);
    case "custom_tool_call":
      return whole("tool-input", item.input);
    case "code_interpreter_call":
      return whole("code", item.code);
    case "apply_patch_call":
      return whole("code", asObject(item.operation)?.diff);
    default:
      return [];
  }
}

function whole(kind: TextKind, text: unknown): SaidTexts[] {
  return typeof text === "string" ? [{ kind, texts: [text] }] : [];
}

function inParts(kind: TextKind, parts: unknown): SaidTexts {
  const texts = asObjects(parts).map((part) => {
    const said = textOfPart(part);
    return said?.kind === kind ? said.text : "";
  });
  return { kind, texts };
}
