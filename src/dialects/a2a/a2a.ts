// The Agent2Agent protocol: JSON-RPC responses to one request, or their results alone; each has a task, an update of a
// task, or a message. https://a2a-protocol.org/latest/specification/
import type { Outcome } from "../../model/facts.ts";
import { jsonText } from "../../model/json-text.ts";
import type { JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { readObjects } from "../reader/read-objects.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { createArtifactTexts } from "./artifacts.ts";
import { isBareResult, readTaskEvent, type TaskEvent, textOfParts } from "./results.ts";
import { artifactRules } from "./rules/artifacts.ts";
import { taskRules } from "./rules/tasks.ts";
import { traits } from "./traits.ts";

export const a2a = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && (isTaskResponse(payload.value) || isBareResult(payload.value)),
  create: createReader,
  rules: [artifactRules, taskRules],
} as const satisfies Dialect;

/** Whether a JSON-RPC message is of this protocol and not of MCP, which has the same envelope. */
export function isTaskResponse({ jsonrpc, result }: JsonObject): boolean {
  return jsonrpc === "2.0" && readTaskEvent(result) !== null;
}

/** The states after which the agent does nothing more: https://a2a-protocol.org/latest/specification/#taskstate */
const OUTCOMES = new Map<string | null, Outcome>([
  ["completed", "completed"],
  // The turn is over, and the agent waits for the user.
  ["input-required", "completed"],
  ["auth-required", "incomplete"],
  ["canceled", "incomplete"],
  ["rejected", "refused"],
  ["failed", "failed"],
]);

/** The states after which the same task may go on, once the user or another party has given the missing input. */
const INTERRUPTED: ReadonlySet<string | null> = new Set(["input-required", "auth-required"]);

/** The state of a task that the agent does not know. */
const UNKNOWN = "unknown";
/** Messages that are remembered while a task runs. */
const MOST_SAID = 1000;

const ANSWER = "message";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  const artifacts = createArtifactTexts(writer, items);
  let taskId: string | null = null;
  /** The id of the current task's request, as JSON. */
  let request = "";
  let stage: "before" | "running" | "interrupted" | "over" = "before";
  let hasText = false;
  /** The item with the message beside the state in which the task waits. */
  let question: number | null = null;
  /** The agent's message while it worked: the answer, if no other comes. */
  let said: string[] = [];

  /** Begins a response if an event is of a new one; returns whether the event adds to the current one. */
  function begin(event: TaskEvent, eventRequest: string): boolean {
    const isOther = event.taskId !== null && taskId !== null && event.taskId !== taskId;
    const isNextTurn = stage === "interrupted" && eventRequest !== request;
    // Agents may send the whole task again after its end.
    if (stage === "over" && taskId !== null && !isOther) return false;
    if (stage === "interrupted" && !isOther && !isNextTurn) goOn();
    if (stage === "running" && !isOther) return true;
    taskId = event.taskId;
    request = eventRequest;
    stage = "running";
    hasText = false;
    question = null;
    said = [];
    artifacts.clear();
    writer.startResponse({ id: event.taskId, model: null, status: event.state, serviceTier: null });
    return true;
  }

  /** The requested input has come, so the agent's question is not the answer. */
  function goOn(): void {
    stage = "running";
    if (question === null) return;
    writer.tell({ type: "item-dropped", response: writer.response(), item: question });
    question = null;
    hasText = false;
  }

  function readMessage(text: string): void {
    question = items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
    items.append(ANSWER, text);
    hasText = true;
  }

  function tell(event: TaskEvent, eventRequest: string): void {
    if (!begin(event, eventRequest)) return;
    for (const artifact of event.artifacts) hasText = artifacts.read(artifact) || hasText;
    const { state, message, isMessage } = event;
    const outcome = isMessage
      ? "completed"
      : (OUTCOMES.get(state) ?? (event.isFinal && state === UNKNOWN ? "incomplete" : undefined));
    if (outcome === undefined) {
      const progress = message === null ? "" : textOfParts(message);
      if (progress !== "" && said.length < MOST_SAID) said.push(progress);
      if (state !== null)
        writer.updateResponse({ id: event.taskId, model: null, status: state, serviceTier: null }, null);
      return;
    }
    const text = message === null ? "" : textOfParts(message);
    // If there are artifacts, they are the answer.
    if (text !== "" && outcome !== "failed" && !hasText) readMessage(text);
    else if (outcome === "completed" && !hasText && text === "" && said.length > 0) readMessage(said.join(""));
    items.endAll();
    if (outcome === "failed") writer.error({ type: null, code: null, message: text || null });
    finish(writer, outcome, state);
    stage = INTERRUPTED.has(state) ? "interrupted" : "over";
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const taskEvent = readTaskEvent(value.result ?? value);
      if (taskEvent !== null) tell(taskEvent, jsonText(value.id));
      else if (isError(value, event)) {
        writer.error(readError(value));
        stage = "over";
      } else writer.tell({ type: "unrecognized", name: null });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
