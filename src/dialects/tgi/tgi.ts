// Text Generation Inference's own stream, `/generate_stream`: a token an event, the last with the whole text and why it
// ended. https://huggingface.co/docs/text-generation-inference/conceptual/streaming
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

/** The token of an event; null where it is none of this dialect. */
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
    // Special tokens, such as that of the end, are not in the text.
    const text = token.special === true ? "" : (asString(token.text) ?? "");
    if (text !== "") writer.delta("text", item, 0, text);
  }

  function readEnd(value: JsonObject): void {
    const details = asObject(value.details);
    // It may begin with the prompt, where that was asked for: it is not what the tokens say.
    if (details === null && asString(value.generated_text) === null) return;
    items.end(ANSWER);
    if (details !== null) {
      const counts = { input: asIndex(details.input_length), output: asIndex(details.generated_tokens) };
      writer.usage(usageOf(counts, details));
    }
    const word = asString(details?.finish_reason);
    // Without details, which have to be asked for, the text alone is the end.
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
