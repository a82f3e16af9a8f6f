// The calls of Cursor's tools: `{"readToolCall": {"args": …, "result": …}}`, or `{"function": {"name": …, "arguments": …}}`.
import { jsonText } from "../../model/json-text.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";

export interface Call {
  readonly name: string | null;
  /** JSON text, or a value; undefined if there is none. */
  readonly input: unknown;
  readonly result: JsonObject | null;
}

const SUFFIX = "ToolCall";

export function readCall(call: JsonObject): Call {
  const called = asObject(call.function);
  if (called !== null) {
    return { name: asString(called.name), input: called.arguments, result: asObject(call.result ?? called.result) };
  }
  const key = Object.keys(call).find((name) => name.endsWith(SUFFIX));
  const value = key === undefined ? null : asObject(call[key]);
  return { name: key?.slice(0, -SUFFIX.length) ?? null, input: value?.args, result: asObject(value?.result) };
}

/** The result of a call: `success` with its values, or another word with the error. */
export function readOutput(result: JsonObject | null): { readonly status: string | null; readonly output: string } {
  const [status = null] = Object.keys(result ?? {});
  if (result === null || status === null) return { status: null, output: "" };
  const value = asObject(result[status]);
  const text = asString(result[status]) ?? asString(value?.content) ?? asString(value?.message);
  return { status, output: text ?? (value === null ? "" : jsonText(value)) };
}
