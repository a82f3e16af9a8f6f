// The steps of an agent in its traces: its reasoning, its action calls and its failures.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Trace.html
import type { TextKind } from "../../model/text-kinds.ts";
import { jsonText } from "../../model/json-text.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";

/** Reports the parts of a step that an application needs; the rest of a trace is for debugging. */
export function readStep(trace: JsonObject, writer: FactWriter): void {
  const failure = asObject(trace.failureTrace);
  if (failure !== null) {
    writer.error({ type: "failureTrace", code: null, message: asString(failure.failureReason) });
    return;
  }
  const step = asObject(trace.orchestrationTrace) ?? {};
  const rationale = asString(asObject(step.rationale)?.text);
  const action = asObject(asObject(step.invocationInput)?.actionGroupInvocationInput);
  const output = asString(asObject(asObject(step.observation)?.actionGroupInvocationOutput)?.text);
  if (rationale !== null) tellItem(writer, { type: "rationale" }, "reasoning", rationale);
  if (action !== null) {
    const name = asString(action.function) ?? asString(action.apiPath) ?? asString(action.actionGroupName);
    tellItem(writer, { type: "action_group", name }, "tool-input", argumentsOf(action));
  }
  if (output !== null) tellItem(writer, { type: "action_group_output" }, "tool-output", output);
}

/** The arguments of an action, as JSON. */
export function argumentsOf({ parameters, requestBody }: JsonObject): string {
  return jsonText(parameters ?? requestBody ?? []);
}

/** Reports an item that comes whole. */
export function tellItem(
  writer: FactWriter,
  {
    type,
    name = null,
    callId = null,
  }: { readonly type: string; readonly name?: string | null; readonly callId?: string | null },
  kind: TextKind,
  text: string,
): void {
  const item = writer.nextItem();
  const snapshot = {
    id: null,
    type,
    status: null,
    ...(name !== null && { name }),
    ...(callId !== null && { callId }),
  };
  writer.startItem(item, snapshot);
  writer.delta(kind, item, 0, text);
  writer.end(kind, item, 0, null);
  writer.endItem(item, snapshot, []);
}
