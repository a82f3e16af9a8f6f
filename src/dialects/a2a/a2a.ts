// The Agent2Agent protocol: JSON-RPC responses that all answer one request, each with a task, an update of it, or a message.
// https://a2a-protocol.org/latest/specification/
import type { Outcome } from "../../model/facts.ts";
import { asId, asIndex, asObject, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { readTaskEvent, type TaskEvent, textOfParts } from "./results.ts";
import { traits } from "./traits.ts";

export const a2a = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && isTaskResponse(payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

/** Whether a JSON-RPC message is of this protocol and not of MCP, which has the same envelope. */
export function isTaskResponse({ jsonrpc, result }: JsonObject): boolean {
  return jsonrpc === "2.0" && readTaskEvent(result) !== null;
}

/** The states after which the agent does nothing more: https://a2a-protocol.org/latest/specification/#taskstate */
const OUTCOMES = new Map<string | null, Outcome>([
  ["completed", "completed"],
  // The turn is over: the user is to say more.
  ["input-required", "completed"],
  ["auth-required", "incomplete"],
  ["canceled", "incomplete"],
  ["rejected", "refused"],
  ["failed", "failed"],
]);

const ANSWER = "message";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let taskId: string | null = null;
  let isOpen = false;
  let hasText = false;

  function begin(event: TaskEvent): void {
    const isOther = event.taskId !== null && taskId !== null && event.taskId !== taskId;
    if (isOpen && !isOther) return;
    // Agents may send the whole task once more after its end.
    if (!isOpen && taskId !== null && !isOther) return;
    taskId = event.taskId;
    isOpen = true;
    hasText = false;
    writer.startResponse({ id: event.taskId, model: null, status: event.state, serviceTier: null });
  }

  function append(key: string, type: string, id: string | null, text: string): void {
    items.open(key, "text", () => ({ id, type, status: null }));
    items.append(key, text);
    hasText ||= text !== "";
  }

  function readArtifact(artifact: JsonObject, place: number): void {
    const id = asId(artifact.artifactId);
    const key = `artifact/${id ?? asIndex(artifact.index) ?? place}`;
    append(key, "artifact", id, textOfParts(artifact));
    for (const part of Array.isArray(artifact.parts) ? artifact.parts : []) {
      if (asObject(part)?.text === undefined) hasText = true;
    }
  }

  function tell(event: TaskEvent): void {
    const wasOpen = isOpen || taskId === null;
    begin(event);
    // What comes after the end of the task says nothing new.
    if (!wasOpen && !isOpen) return;
    event.artifacts.forEach(readArtifact);
    const { state, message, isMessage } = event;
    const outcome = isMessage ? "completed" : OUTCOMES.get(state);
    if (outcome === undefined) {
      if (state !== null)
        writer.updateResponse({ id: event.taskId, model: null, status: state, serviceTier: null }, null);
      return;
    }
    const text = message === null ? "" : textOfParts(message);
    // Where there are artifacts, they are the answer.
    if (text !== "" && outcome !== "failed" && !hasText) append(ANSWER, "message", null, text);
    items.endAll();
    if (outcome === "failed") writer.error({ type: null, code: null, message: text || null });
    finish(writer, outcome, state);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const taskEvent = readTaskEvent(value.result ?? value);
      if (taskEvent !== null) tell(taskEvent);
      else if (isError(value, event)) {
        writer.error(readError(value));
        isOpen = false;
      } else writer.tell({ type: "unrecognized", name: null });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
