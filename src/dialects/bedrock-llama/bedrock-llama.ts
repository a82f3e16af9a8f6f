// Meta's Llama models as InvokeModelWithResponseStream sends them, unwrapped from its events.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html
import { asIndex, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { timingOfMetrics, usageOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createRunningText } from "../reader/running-text.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const bedrockLlama = {
  ...traits,
  claims: (_, payload) =>
    payload.type === "object" &&
    typeof payload.value.generation === "string" &&
    "generation_token_count" in payload.value &&
    "stop_reason" in payload.value,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** `stop`; any other reason, such as `length`, is incomplete. */
const COMPLETED = "stop";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const text = createRunningText(writer);
  /** Only the first event has it. */
  let input: number | null = null;
  /** Counts of the current response. */
  let output: number | null = null;

  function readEnd(value: JsonObject, reason: string): void {
    const usage = usageOfMetrics(value);
    writer.serverTiming(timingOfMetrics(value));
    if (usage !== null) writer.usage(usage);
    else tellCounts();
    text.finish(reason === COMPLETED ? "completed" : "incomplete", reason);
    input = null;
    output = null;
  }

  function tellCounts(): void {
    if (output === null) return;
    writer.usage(usageOf({ input, output }, { prompt_token_count: input, generation_token_count: output }));
  }

  return {
    read: readObjects(writer, (value, event) => {
      const piece = asString(value.generation);
      if (piece === null) {
        if (isError(value, event.event)) writer.error(readError(value));
        else writer.tell({ type: "unrecognized", name: Object.keys(value)[0] ?? null });
        return;
      }
      input = asIndex(value.prompt_token_count) ?? input;
      output = asIndex(value.generation_token_count) ?? output;
      text.append(piece);
      const reason = asString(value.stop_reason);
      if (reason !== null) readEnd(value, reason);
    }),
    finish() {
      tellCounts();
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
