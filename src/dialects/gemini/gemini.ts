// Google's Gemini API, of Google AI and Vertex AI: `streamGenerateContent?alt=sse`. Every event adds to the answer and
// has all data known so far; the last one with a finish reason ends it.
// https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
import type { Outcome, ResponseSnapshot, Usage } from "../../model/facts.ts";
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { chunkOf, KNOWN_FIELDS } from "./chunk.ts";
import { finish } from "../reader/finish.ts";
import { createParts, type Parts } from "./parts.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { sumOf, usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const gemini = {
  ...traits,
  claims(_, payload) {
    if (payload.type !== "object") return false;
    const { candidates, promptFeedback, usageMetadata, modelVersion, responseId } = chunkOf(payload.value);
    if (Array.isArray(candidates) || asObject(promptFeedback) !== null) return true;
    // The Live API reports usage under the same name, but has neither of these.
    const isNamed = asString(modelVersion) !== null || asString(responseId) !== null;
    return isNamed && asObject(usageMetadata) !== null;
  },
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** One of the alternatives that the request asked for; most streams have one. */
interface Candidate {
  readonly parts: Parts;
  isFinished: boolean;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  /** The last reported snapshot of the current response; null before the first. */
  let known: ResponseSnapshot | null = null;
  let hasEnded = false;
  let candidates = new Map<number, Candidate>();
  let unfinished = 0;
  /** The finish reason that decides, of those received. */
  let worst: string | null = null;

  function begin(snapshot: ResponseSnapshot): void {
    const isOther = hasEnded && snapshot.id !== null && snapshot.id !== known?.id;
    if (known === null || isOther) {
      known = snapshot;
      hasEnded = false;
      candidates = new Map();
      unfinished = 0;
      worst = null;
      return writer.startResponse(snapshot);
    }
    const { id, model, serviceTier } = snapshot;
    const isNews =
      (id !== null && id !== known.id) ||
      (model !== null && model !== known.model) ||
      (serviceTier !== null && serviceTier !== known.serviceTier);
    if (!isNews) return;
    known = {
      ...known,
      id: id ?? known.id,
      model: model ?? known.model,
      serviceTier: serviceTier ?? known.serviceTier,
    };
    writer.updateResponse(snapshot, null);
  }

  function candidateAt(index: number): Candidate {
    const known = candidates.get(index);
    if (known !== undefined) return known;
    const candidate = { parts: createParts(writer, items, String(index)), isFinished: false };
    candidates.set(index, candidate);
    unfinished += 1;
    return candidate;
  }

  function readCandidate(value: JsonObject, position: number): void {
    const candidate = candidateAt(asIndex(value.index) ?? position);
    for (const part of asObjects(asObject(value.content)?.parts)) candidate.parts.read(part);
    for (const chunk of asObjects(asObject(value.groundingMetadata)?.groundingChunks)) {
      const [kind = null] = Object.keys(chunk);
      const source = kind === null ? null : asObject(chunk[kind]);
      candidate.parts.annotate(kind, asString(source?.title) ?? asString(source?.uri));
    }
    const reason = asString(value.finishReason);
    if (reason === null || reason === UNSPECIFIED_FINISH) return;
    if (!candidate.isFinished) unfinished -= 1;
    candidate.isFinished = true;
    if (worst === null || rankOf(reason) > rankOf(worst)) worst = reason;
    candidate.parts.end(outcomeOf(reason) === "completed");
  }

  function tellEnd(value: JsonObject): void {
    const blockReason = asString(asObject(value.promptFeedback)?.blockReason);
    if (blockReason !== null && blockReason !== UNSPECIFIED_BLOCK) end("refused", blockReason);
    const isFinish = asObjects(value.candidates).some(({ finishReason }) => asString(finishReason) !== null);
    if (isFinish && worst !== null && unfinished === 0) end(outcomeOf(worst), worst);
  }

  function end(outcome: Outcome, word: string): void {
    hasEnded = true;
    finish(writer, outcome, word);
  }

  return {
    read: readObjects(writer, (payload, event) => {
      const value = chunkOf(payload);
      const hasError = isError(value, event.event);
      const isKnown = KNOWN_FIELDS.some((field) => value[field] !== undefined);
      if (isKnown) {
        begin(readSnapshot(value));
        asObjects(value.candidates).forEach(readCandidate);
        const usage = readUsage(asObject(value.usageMetadata) ?? {}, rawUsageOf(payload));
        if (usage !== null) writer.usage(usage);
        tellEnd(value);
      }
      // https://cloud.google.com/apis/design/errors: the code is the HTTP status, and the status is a word for it.
      if (hasError) {
        hasEnded = true;
        writer.error({ ...readError(value), type: asString(asObject(value.error)?.status) });
      }
      if (!isKnown && !hasError) writer.tell({ type: "unrecognized", name: asString(value.type) });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

const UNSPECIFIED_FINISH = "FINISH_REASON_UNSPECIFIED";
const UNSPECIFIED_BLOCK = "BLOCK_REASON_UNSPECIFIED";

/** https://ai.google.dev/api/generate-content#FinishReason; any other reason is incomplete. */
const REFUSALS: ReadonlySet<string> = new Set([
  "SAFETY",
  "RECITATION",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "MODEL_ARMOR",
  "IMAGE_SAFETY",
  "IMAGE_PROHIBITED_CONTENT",
  "IMAGE_RECITATION",
]);

function outcomeOf(reason: string): Outcome {
  if (reason === "STOP") return "completed";
  return REFUSALS.has(reason) ? "refused" : "incomplete";
}

/** The worst of several candidates decides. */
function rankOf(reason: string): number {
  return ["completed", "refused", "incomplete"].indexOf(outcomeOf(reason));
}

function readSnapshot({ responseId, modelVersion, usageMetadata }: JsonObject): ResponseSnapshot {
  return {
    id: asId(responseId),
    model: asString(modelVersion),
    status: null,
    serviceTier: asString(asObject(usageMetadata)?.serviceTier),
  };
}

/** The candidates' tokens leave out thoughts, and the prompt's leave out tool results; cached tokens are included. */
function readUsage(usage: JsonObject, raw: JsonObject | null): Usage | null {
  const thoughts = asIndex(usage.thoughtsTokenCount);
  const counts = {
    input: sumOf(asIndex(usage.promptTokenCount), asIndex(usage.toolUsePromptTokenCount)),
    cachedInput: asIndex(usage.cachedContentTokenCount),
    output: sumOf(asIndex(usage.candidatesTokenCount), thoughts),
    reasoning: thoughts,
    total: asIndex(usage.totalTokenCount),
  };
  // Before the end, Vertex AI may send an object without counts.
  return Object.values(counts).every((count) => count === null) ? null : usageOf(counts, raw ?? usage);
}

/** The usage, spelled as in the stream. */
function rawUsageOf(payload: JsonObject): JsonObject | null {
  const value = asObject(payload.response) ?? payload;
  return asObject(value.usageMetadata) ?? asObject(value.usage_metadata);
}
