// Reads what a chunk adds to each of its candidates.
import type { ChoiceProgress } from "../../model/dialect-traits.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { chunkOf } from "./chunk.ts";

/** The value for no reason. */
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

/** Many answers end with an empty text, or with a signature alone. */
function hasParts({ content }: JsonObject): boolean {
  return asObjects(asObject(content)?.parts).some((part) =>
    Object.entries(part).some(([field, value]) => (field === "text" ? Boolean(value) : asObject(value) !== null)),
  );
}
