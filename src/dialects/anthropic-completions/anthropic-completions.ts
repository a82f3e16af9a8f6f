// Anthropic's Text Completions API, before Messages; Claude 2 on Bedrock sends the same, plus billing counts.
// https://platform.claude.com/docs/en/api/completions (legacy), and its `Completion` in @anthropic-ai/sdk;
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html
import type { Outcome } from "../../model/facts.ts";
import { asId, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { createGrowingTexts } from "../reader/growing-texts.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { usageOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { traits } from "./traits.ts";

export const anthropicCompletions = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isOwn(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

function isOwn(value: JsonObject): boolean {
  if (asString(value.completion) === null) return false;
  return value.type === "completion" || (value.type === undefined && value.stop_reason !== undefined);
}

/** `stop_reason`: https://platform.claude.com/docs/en/api/completions. Any other is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["stop_sequence", "completed"],
  ["max_tokens", "incomplete"],
]);

const ANSWER = "completion";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let texts = createGrowingTexts({ retell });
  let isOpen = false;

  function open(): void {
    items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
  }

  function retell(_: string, text: string): void {
    items.drop(ANSWER);
    open();
    items.append(ANSWER, text);
  }

  function readCompletion(value: JsonObject): void {
    if (!isOpen) {
      texts = createGrowingTexts({ retell });
      writer.startResponse({ id: asId(value.id), model: asString(value.model), status: null, serviceTier: null });
    }
    isOpen = true;
    const text = asString(value.completion) ?? "";
    open();
    // Before version 2023-06-01, each event had the whole text so far, and no type.
    const added = value.type === "completion" ? text : texts.added(ANSWER, text);
    items.append(ANSWER, added);
    const reason = asString(value.stop_reason);
    if (reason === null) return;
    items.endAll();
    const usage = usageOfMetrics(value);
    if (usage !== null) writer.usage(usage);
    finish(writer, OUTCOMES.get(reason) ?? "incomplete", reason);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      if (asString(value.completion) !== null) readCompletion(value);
      else if (isError(value, event)) writer.error(readError(value));
      else writer.tell({ type: "unrecognized", name: asString(value.type) });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
    deltaPlaces: ({ type, stop_reason: reason }) =>
      type === "completion" && reason === null ? { text: "/completion", number: null, padding: null } : null,
  };
}
