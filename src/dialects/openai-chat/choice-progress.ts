// Reads what a chunk adds to one of its choices.
import type { ChoiceProgress } from "../../model/dialect-traits.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

/** Some servers send an empty delta after the end, or an empty reason before it. */
export function readChoice(value: JsonObject): ChoiceProgress {
  const { content, refusal, reasoning, reasoning_content, tool_calls, function_call } = asObject(value.delta) ?? {};
  const texts = [value.text, content, refusal, reasoning, reasoning_content];
  return {
    name: "choice",
    index: asIndex(value.index) ?? 0,
    reason: asString(value.finish_reason) || null,
    nativeReason: asString(value.native_finish_reason) || null,
    hasContent:
      texts.some((text) => typeof text === "string" && text !== "") ||
      [content, tool_calls].some((list) => asObjects(list).length > 0) ||
      asObject(function_call) !== null,
  };
}
