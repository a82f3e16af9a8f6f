// Builds a response of `generateContent` from the chunks of `streamGenerateContent`.
// https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { entryAt, inOrder, update } from "../reader/draft.ts";
import { chunkOf } from "./chunk.ts";

interface Candidate {
  readonly fields: Draft;
  role: string;
  readonly parts: JsonObject[];
}

export function createAnswer(): Answer {
  const fields: Draft = {};
  const candidates = new Map<number, Candidate>();
  let hasFailed = false;

  function addCandidate(value: JsonObject, place: number): void {
    const { content, index, ...rest } = value;
    const candidate = entryAt(candidates, asIndex(index) ?? place, () => ({ fields: {}, role: "model", parts: [] }));
    candidate.role = asString(asObject(content)?.role) ?? candidate.role;
    for (const part of asObjects(asObject(content)?.parts)) addPart(candidate.parts, part);
    update(candidate.fields, rest);
  }

  function isOver(): boolean {
    if (asString(asObject(fields.promptFeedback)?.blockReason) !== null) return true;
    return (
      candidates.size > 0 && [...candidates.values()].every(({ fields: of }) => asString(of.finishReason) !== null)
    );
  }

  return {
    add(payload) {
      const chunk = chunkOf(payload);
      const { candidates: added, error, ...rest } = chunk;
      if (asObject(error) !== null) hasFailed = true;
      update(fields, rest);
      asObjects(added).forEach(addCandidate);
      // A whole response has no field for fragments of arguments.
      hasFailed ||= asObjects(added).some((candidate) => partsOf(candidate).some(isFragment));
    },
    document() {
      if (hasFailed || !isOver()) return null;
      return {
        ...(candidates.size > 0 && {
          candidates: inOrder(candidates).map(wholeCandidate),
        }),
        ...fields,
      };
    },
  };
}

function wholeCandidate({ fields, role, parts }: Candidate, index: number): JsonObject {
  return { content: { parts, role }, ...fields, index };
}

function partsOf(candidate: JsonObject): readonly JsonObject[] {
  return asObjects(asObject(candidate.content)?.parts);
}

function isFragment({ functionCall }: JsonObject): boolean {
  const call = asObject(functionCall);
  return call !== null && (call.partialArgs !== undefined || call.willContinue === true);
}

/** A text continues the one before it, if both are thoughts or neither is. */
function addPart(parts: JsonObject[], part: JsonObject): void {
  const last = parts.at(-1);
  const before = asString(last?.text);
  const text = asString(part.text);
  const goesOn = before !== null && text !== null && (last?.thought === true) === (part.thought === true);
  // A signature ends a part, so the next one is new unless it is empty.
  if (last === undefined || !goesOn || (last.thoughtSignature !== undefined && text !== "")) parts.push(part);
  else parts[parts.length - 1] = { ...last, ...part, text: before + text };
}
