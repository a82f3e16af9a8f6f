// Text Generation Inference's own stream, `/generate_stream`: one token per event; the last event has the whole text
// and the finish reason. https://huggingface.co/docs/text-generation-inference/conceptual/streaming
import type { Outcome } from "../../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const tgi = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && tokenOf(payload.value) !== null,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** The token of an event; null if it is not of this dialect. */
function tokenOf(value: JsonObject): JsonObject | null {
  const token = asObject(value.token);
  return token !== null && asIndex(token.id) !== null && typeof token.text === "string" ? token : null;
}

/** `FinishReason` of the server's API; `length` is incomplete. */
const OUTCOMES = new Map<string | null, Outcome>([
  ["eos_token", "completed"],
  ["stop_sequence", "completed"],
]);

const ANSWER = "answer";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer, { endsTexts: true });
  let isOpen = false;

  function readToken(token: JsonObject): void {
    if (!isOpen) writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
    isOpen = true;
    const item = items.open(ANSWER, () => ({ id: null, type: "message", status: null }));
    // Special tokens, such as the end token, are not part of the text.
    const text = token.special === true ? "" : (asString(token.text) ?? "");
    if (text !== "") writer.delta("text", item, 0, text);
  }

  function readEnd(value: JsonObject): void {
    const details = asObject(value.details);
    // The whole text may begin with the prompt if the request asked for it, so it may differ from the tokens.
    if (details === null && asString(value.generated_text) === null) return;
    items.end(ANSWER);
    if (details !== null) {
      const counts = { input: asIndex(details.input_length), output: asIndex(details.generated_tokens) };
      writer.usage(usageOf(counts, details));
    }
    const word = asString(details?.finish_reason);
    // Details must be requested; without them, the whole text marks the end.
    finish(writer, details === null ? "completed" : (OUTCOMES.get(word) ?? "incomplete"), word);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const token = tokenOf(value);
      if (token !== null) {
        readToken(token);
        readEnd(value);
      } else if (isError(value, event)) {
        const { message } = readError(value);
        writer.error({ type: asString(value.error_type), code: null, message });
      } else writer.tell({ type: "unrecognized", name: null });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
