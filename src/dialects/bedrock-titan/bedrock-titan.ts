// Amazon Titan's text models as InvokeModelWithResponseStream sends them, unwrapped from its events.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html
import type { Outcome } from "../../model/facts.ts";
import { asIndex, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { timingOfMetrics, usageOfMetrics } from "../reader/invocation-metrics.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createRunningText } from "../reader/running-text.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const bedrockTitan = {
  ...traits,
  claims: (_, payload) =>
    payload.type === "object" && typeof payload.value.outputText === "string" && "completionReason" in payload.value,
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** The documentation says FINISHED, the service FINISH. Any other reason, such as LENGTH, is incomplete. */
const OUTCOME_OF_REASON = new Map<string, Outcome>([
  ["FINISH", "completed"],
  ["FINISHED", "completed"],
  ["STOP_CRITERIA_MET", "completed"],
  ["CONTENT_FILTERED", "refused"],
]);

function createReader(): DialectReader {
  const writer = createFactWriter();
  const text = createRunningText(writer);
  /** Only the first event has it. */
  let input: number | null = null;

  function readEnd(value: JsonObject, reason: string): void {
    const output = asIndex(value.totalOutputTextTokenCount);
    const usage = usageOfMetrics(value);
    writer.serverTiming(timingOfMetrics(value));
    if (usage !== null) writer.usage(usage);
    else if (output !== null) {
      writer.usage(usageOf({ input, output }, { inputTextTokenCount: input, totalOutputTextTokenCount: output }));
    }
    text.finish(OUTCOME_OF_REASON.get(reason) ?? "incomplete", reason);
    input = null;
  }

  return {
    read: readObjects(writer, (value, event) => {
      const piece = asString(value.outputText);
      if (piece === null) {
        if (isError(value, event.event)) writer.error(readError(value));
        else writer.tell({ type: "unrecognized", name: Object.keys(value)[0] ?? null });
        return;
      }
      input = asIndex(value.inputTextTokenCount) ?? input;
      text.append(piece);
      const reason = asString(value.completionReason);
      if (reason !== null) readEnd(value, reason);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
