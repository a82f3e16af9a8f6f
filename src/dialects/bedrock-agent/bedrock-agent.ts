// Amazon Bedrock's agents (InvokeAgent, InvokeInlineAgent) and RetrieveAndGenerateStream: the answer as text, and its
// steps as traces. https://docs.aws.amazon.com/bedrock/latest/userguide/trace-events.html
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter, type FactWriter } from "../reader/fact-writer.ts";
import { finish } from "../reader/finish.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { createStreamedItems } from "../reader/streamed-items.ts";
import { textOf } from "../unwrap.ts";
import { isOwnEvent, readAgentEvent } from "./events.ts";
import { argumentsOf, readStep, tellItem } from "./steps.ts";
import { traits } from "./traits.ts";

export const bedrockAgent = {
  ...traits,
  readsWrappers: true,
  claims: (event, payload) => payload.type === "object" && isOwnEvent(event, payload.value),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const ANSWER = "answer";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createStreamedItems(writer);
  let isOpen = false;

  /** No event marks the start of a response, so the first one starts it. */
  function begin(): void {
    if (isOpen) return;
    isOpen = true;
    writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  }

  /** No event marks the end either: the answer counts as complete after each event, and more may follow. */
  function readText(text: string): void {
    const item = items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
    if (text !== "") {
      writer.delta("text", item, 0, text);
      writer.end("text", item, 0, null);
    }
    finish(writer, "completed", null);
  }

  function readCitations(citations: readonly JsonObject[]): void {
    for (const { retrievedReferences } of citations) {
      for (const reference of asObjects(retrievedReferences)) {
        const item = items.open(ANSWER, "text", () => ({ id: null, type: "message", status: null }));
        const title = titleOf(asObject(reference.location) ?? {});
        writer.tell({ type: "annotation-added", response: writer.response(), item, kind: "citation", title });
      }
    }
  }

  const readers = new Map<string, (inner: JsonObject) => void>([
    [
      "chunk",
      ({ bytes, attribution }) => {
        readText(textOf(bytes) ?? "");
        readCitations(asObjects(asObject(attribution)?.citations));
      },
    ],
    ["output", ({ text }) => readText(asString(text) ?? "")],
    ["citation", (inner) => readCitations([asObject(inner.citation) ?? inner])],
    ["trace", ({ trace }) => readStep(asObject(trace) ?? {}, writer)],
    ["returnControl", (inner) => readReturnControl(inner, writer)],
    ["guardrail", ({ action }) => action === "INTERVENED" && finish(writer, "refused", "INTERVENED")],
    ["files", () => {}],
  ]);

  return {
    read(event, payload) {
      if (payload.type !== "object") {
        const reason = payload.type === "broken-json" ? payload.reason : "not a JSON object";
        writer.tell({ type: "unreadable", reason });
        return writer.take();
      }
      const { value } = payload;
      const read = readAgentEvent(event, value);
      if (read !== null) {
        begin();
        readers.get(read.name)?.(read.inner);
      } else if (isError(value, event.event)) writer.error(readError(value));
      else
        writer.tell({
          type: "unrecognized",
          name: event.headers === undefined ? (Object.keys(value)[0] ?? null) : event.event,
        });
      return writer.take();
    },
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}

/**
 * The application must make the calls: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-returncontrol.html
 */
function readReturnControl({ invocationId, invocationInputs }: JsonObject, writer: FactWriter): void {
  const callId = asString(invocationId);
  for (const input of asObjects(invocationInputs)) {
    const call = asObject(input.functionInvocationInput) ?? asObject(input.apiInvocationInput) ?? {};
    const name = asString(call.function) ?? asString(call.apiPath) ?? asString(call.actionGroup);
    tellItem(writer, { type: "return_control", name, callId }, "tool-input", argumentsOf(call));
  }
  finish(writer, "completed", null);
}

/** The source of a cited text: `{type: "S3", s3Location: {uri}}`, `{type: "WEB", webLocation: {url}}` … */
function titleOf(location: JsonObject): string | null {
  for (const place of Object.values(location)) {
    const { uri, url } = asObject(place) ?? {};
    const title = asString(uri) ?? asString(url);
    if (title !== null) return title;
  }
  return null;
}
