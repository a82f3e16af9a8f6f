// What a chunk adds to each of its candidates.
import type { ChoiceProgress } from "../../model/dialect-traits.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { chunkOf } from "./chunk.ts";

/** The value that stands for none. */
const NO_REASON = "FINISH_REASON_UNSPECIFIED";

export function readCandidates(payload: JsonObject): ChoiceProgress[] {
  return asObjects(chunkOf(payload).candidates).map((value, position) => ({
    name: "candidate",
    index: asIndex(value.index) ?? position,
    reason: value.finishReason === NO_REASON ? null : asString(value.finishReason),
    nativeReason: null,
    hasContent: hasParts(value),
  }));
}

/** An empty text, or a signature alone, is what many an answer ends with. */
function hasParts({ content }: JsonObject): boolean {
  return asObjects(asObject(content)?.parts).some((part) =>
    Object.entries(part).some(([field, value]) => (field === "text" ? Boolean(value) : asObject(value) !== null)),
  );
}
