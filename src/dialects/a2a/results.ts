// The results that an A2A agent streams, in the shapes of each version: with a `kind` (0.2 and 0.3), without it (0.1),
// and under a member name (1.0). https://a2a-protocol.org/latest/specification/#streaming-sendstreamingmessage
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";

export interface TaskEvent {
  /** The task; null for a message without a task. */
  readonly taskId: string | null;
  /** As version 0.3 spells it: `working`, `input-required`, `completed` …; null if the event has no status. */
  readonly state: string | null;
  /** The agent's message, beside its status or in place of a task. */
  readonly message: JsonObject | null;
  /** All artifacts of a task so far, or the one artifact of an update. */
  readonly artifacts: readonly ArtifactUpdate[];
  /** Nothing follows in this stream. */
  readonly isFinal: boolean;
  /** A whole task, not an update of one. */
  readonly isTask: boolean;
  /** The response is a message without a task. */
  readonly isMessage: boolean;
}

export interface ArtifactUpdate {
  readonly value: JsonObject;
  /** Null if the agent gives neither an id nor a number. */
  readonly id: string | null;
  /** The parts extend the earlier ones; otherwise they are the whole artifact. */
  readonly isAppended: boolean;
  readonly isLastChunk: boolean;
}

const KINDS: ReadonlySet<unknown> = new Set(["task", "status-update", "artifact-update", "message"]);
/**
 * https://a2a-protocol.org/latest/specification/#taskstate; `unspecified` and `unknown` are from different versions.
 */
const STATES: ReadonlySet<string> = new Set(
  "submitted working input-required auth-required completed canceled failed rejected unknown unspecified".split(" "),
);
/** Version 1.0: the result has one member, whose name is the type. */
const MEMBERS = ["task", "statusUpdate", "artifactUpdate", "message"];

/** Reads the result of a JSON-RPC response; null if it is not of this protocol. */
export function readTaskEvent(result: unknown): TaskEvent | null {
  const value = asObject(result);
  if (value === null) return null;
  const name = MEMBERS.find((member) => isOfTask(asObject(value[member])));
  const inner = name === undefined ? value : (asObject(value[name]) ?? value);
  if (!KINDS.has(inner.kind) && !isOfTask(inner)) return null;
  const status = asObject(inner.status);
  const isMessage = inner.kind === "message" || (Array.isArray(inner.parts) && asString(inner.role) !== null);
  const artifact = asObject(inner.artifact);
  const artifacts = artifact === null ? asObjects(inner.artifacts) : [artifact];
  return {
    taskId: asId(inner.taskId) ?? (isMessage ? null : asId(inner.id)),
    state: stateOf(status?.state),
    message: isMessage ? inner : asObject(status?.message),
    artifacts: artifacts.map((value) => readArtifact(value, inner)),
    isFinal: inner.final === true,
    isTask: inner.kind === "task" || name === "task",
    isMessage,
  };
}

/** Version 0.1 has `append` and `lastChunk` in the artifact, and numbers in place of ids. */
function readArtifact(value: JsonObject, update: JsonObject): ArtifactUpdate {
  const index = asIndex(value.index);
  return {
    value,
    id: asId(value.artifactId) ?? (index === null ? null : String(index)),
    isAppended: (update.append ?? value.append) === true,
    isLastChunk: (update.lastChunk ?? value.lastChunk) === true,
  };
}

/**
 * Whether a payload is a result without the envelope of JSON-RPC, as in the protocol's HTTP+JSON binding.
 * https://a2a-protocol.org/latest/specification/#11-httpjsonrest-protocol-binding
 */
export function isBareResult(value: JsonObject): boolean {
  if (value.jsonrpc !== undefined) return false;
  const [member = "", ...others] = Object.keys(value);
  if (others.length === 0) return MEMBERS.includes(member) && isOfTask(asObject(value[member]));
  const state = stateOf(asObject(value.status)?.state);
  if (state !== null && !STATES.has(state)) return false;
  return KINDS.has(value.kind) && asId(value.contextId) !== null && isOfTask(value);
}

/** Fields that only a task, its update or an agent's message has. */
function isOfTask(value: JsonObject | null): boolean {
  if (value === null) return false;
  if (asString(asObject(value.status)?.state) !== null) return true;
  const hasTask = asId(value.taskId) !== null || asId(value.id) !== null;
  if (hasTask && (asObject(value.artifact) !== null || Array.isArray(value.artifacts))) return true;
  return asId(value.messageId) !== null && Array.isArray(value.parts);
}

/** Maps `TASK_STATE_INPUT_REQUIRED` of version 1.0 to `input-required`. */
function stateOf(state: unknown): string | null {
  return (
    asString(state)
      ?.replace(/^TASK_STATE_/, "")
      .toLowerCase()
      .replaceAll("_", "-") ?? null
  );
}

/** The text of a message or an artifact. */
export function textOfParts({ parts }: JsonObject): string {
  return asObjects(parts)
    .map(({ text }) => asString(text) ?? "")
    .join("");
}
