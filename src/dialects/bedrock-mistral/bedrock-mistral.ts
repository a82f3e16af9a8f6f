// Mistral's models and DeepSeek-R1 as InvokeModelWithResponseStream sends them, unwrapped from its events: texts
// (`outputs`, `choices`) and chat completions (`choices`) that end with a `stop_reason`.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral.html
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html
import type { Outcome } from "../../model/facts.ts";
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { timingOfMetrics, usageOfMetrics } from "../reader/invocation-metrics.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createRunningText } from "../reader/running-text.ts";
import { traits } from "./traits.ts";

export const bedrockMistral = {
  ...traits,
  claims(_, payload) {
    const output = payload.type === "object" ? outputOf(payload.value) : null;
    return output !== null && "stop_reason" in output && !("finish_reason" in output);
  },
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Any other reason, such as `length`, is incomplete. */
const OUTCOME_OF_REASON = new Map<string, Outcome>([
  ["stop", "completed"],
  ["tool_calls", "completed"],
]);

/** The only output: a text, or a chat completion, which has a message in it. */
function outputOf({ outputs, choices }: JsonObject): JsonObject | null {
  const [output] = asObjects(outputs ?? choices);
  const isOutput = typeof output?.text === "string" || asObject(output?.message) !== null;
  return output !== undefined && isOutput ? output : null;
}

function createReader(): DialectReader {
  const writer = createFactWriter();
  const text = createRunningText(writer);
  const calls = createKeyedItems(writer);

  /** Each call comes whole. */
  function readCall(call: JsonObject, index: number): void {
    const called = asObject(call.function) ?? {};
    const callId = asString(call.id);
    const key = callId ?? String(index);
    const name = asString(called.name);
    const ids = { ...(callId !== null && { callId }), ...(name !== null && { name }) };
    calls.open(key, () => ({ id: null, type: "tool_call", status: null, ...ids }));
    const input = asString(called.arguments);
    calls.end(key, {}, input === null ? [] : [{ kind: "tool-input", part: 0, text: input }]);
  }

  return {
    read: readObjects(writer, (value, event) => {
      const output = outputOf(value);
      const usage = usageOfMetrics(value);
      if (output === null) {
        writer.serverTiming(timingOfMetrics(value));
        if (usage !== null) writer.usage(usage);
        else if (isError(value, event.event)) writer.error(readError(value));
        else writer.tell({ type: "unrecognized", name: Object.keys(value)[0] ?? null });
        return;
      }
      const message = asObject(output.message) ?? {};
      text.append(asString(output.text) ?? asString(message.content) ?? "");
      for (const [index, call] of asObjects(message.tool_calls).entries()) readCall(call, index);
      if (usage !== null) writer.usage(usage);
      writer.serverTiming(timingOfMetrics(value));
      const reason = asString(output.stop_reason);
      if (reason !== null) text.finish(OUTCOME_OF_REASON.get(reason) ?? "incomplete", reason);
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
