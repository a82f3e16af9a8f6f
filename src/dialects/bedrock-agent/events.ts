// The events of Bedrock's agents: in a binary frame a header names the event; decoded, the object's only member does.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_ResponseStream.html
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_RetrieveAndGenerateStreamResponseOutput.html
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";
import { textOf } from "../unwrap.ts";

export interface AgentEvent {
  readonly name: string;
  readonly inner: JsonObject;
}

/** Event names, each with a field that events of this dialect must have. */
const EVENTS = new Map<string, (inner: JsonObject) => boolean>([
  ["chunk", ({ bytes }) => bytes !== undefined && textOf(bytes) !== null],
  ["trace", ({ trace }) => Object.keys(asObject(trace) ?? {}).some((key) => key.endsWith("Trace"))],
  ["returnControl", ({ invocationInputs }) => Array.isArray(invocationInputs)],
  ["files", ({ files }) => Array.isArray(files)],
  ["output", ({ text }) => typeof text === "string"],
  [
    "citation",
    ({ citation, retrievedReferences }) => asObject(citation) !== null || Array.isArray(retrievedReferences),
  ],
  ["guardrail", ({ action }) => asString(action) !== null],
]);
/** Decoded, these resemble members of other protocols. */
const AMBIGUOUS: ReadonlySet<string> = new Set(["output", "citation", "guardrail", "files"]);

/** The event, by the header of its frame or by its only member; null if it is unknown. */
export function readAgentEvent({ event, headers }: WireEvent, value: JsonObject): AgentEvent | null {
  if (headers !== undefined) return EVENTS.get(event)?.(value) === true ? { name: event, inner: value } : null;
  const [name, ...others] = Object.keys(value);
  const inner = name === undefined ? null : asObject(value[name]);
  if (name === undefined || inner === null || others.length > 0) return null;
  return EVENTS.get(name)?.(inner) === true ? { name, inner } : null;
}

/** Whether an event, seen first, can only be of this dialect. */
export function isOwnEvent(event: WireEvent, value: JsonObject): boolean {
  const read = readAgentEvent(event, value);
  return read !== null && (event.headers !== undefined || !AMBIGUOUS.has(read.name));
}
