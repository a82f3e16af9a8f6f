// Builds a response of Converse from the events of ConverseStream.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_ResponseSyntax
import { asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append, entryAt, inOrder, inputOf } from "../reader/draft.ts";
import { blockIndexOf, readBedrockEvent } from "./events.ts";

/** A content block: one member, named by the kind of block. */
interface Block {
  readonly start: JsonObject;
  readonly text: Draft;
  readonly reasoning: Draft;
  readonly citations: JsonObject[];
}

export function createAnswer(): Answer {
  let role: unknown = "assistant";
  let blocks = new Map<number, Block>();
  let ending: JsonObject | null = null;
  let metadata: JsonObject = {};
  let hasFailed = false;

  function blockAt(inner: JsonObject): Block {
    const start = asObject(inner.start) ?? {};
    return entryAt(blocks, blockIndexOf(inner), () => ({ start, text: {}, reasoning: {}, citations: [] }));
  }

  function addDelta(inner: JsonObject): void {
    const { text, reasoning, citations } = blockAt(inner);
    const delta = asObject(inner.delta) ?? {};
    append(text, "text", delta.text);
    append(text, "input", asObject(delta.toolUse)?.input);
    const thought = asObject(delta.reasoningContent);
    append(reasoning, "text", thought?.text);
    append(reasoning, "signature", thought?.signature);
    append(reasoning, "redactedContent", thought?.redactedContent ?? thought?.data);
    citations.push(...asObjects([delta.citation]));
  }

  const adders = new Map<string, (inner: JsonObject) => void>([
    [
      "messageStart",
      (inner) => {
        ({ role } = inner);
        blocks = new Map();
        ending = null;
        metadata = {};
      },
    ],
    ["contentBlockStart", (inner) => void blockAt(inner)],
    ["contentBlockDelta", addDelta],
    ["contentBlockStop", () => {}],
    ["messageStop", (inner) => (ending = inner)],
    ["metadata", (inner) => (metadata = inner)],
  ]);

  return {
    add(value, event) {
      const member = readBedrockEvent(event, value);
      if (member === null) return;
      const addMember = adders.get(member.name);
      // Any other event is an exception.
      if (addMember === undefined) hasFailed = true;
      else addMember(member.inner);
    },
    document() {
      if (ending === null || hasFailed) return null;
      const { stopReason, additionalModelResponseFields: more } = ending;
      const { usage, metrics, trace, performanceConfig } = metadata;
      const content = inOrder(blocks).map(contentOf);
      const known = { stopReason, additionalModelResponseFields: more, usage, metrics, trace, performanceConfig };
      return {
        output: { message: { role, content } },
        ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== null)),
      };
    },
  };
}

function contentOf({ start, text, reasoning, citations }: Block): JsonObject {
  const call = asObject(start.toolUse);
  if (call !== null) return { toolUse: { ...call, input: inputOf(asString(text.input) ?? "") } };
  const { redactedContent, ...thought } = reasoning;
  if (redactedContent !== undefined) return { reasoningContent: { redactedContent } };
  if (Object.keys(thought).length > 0) return { reasoningContent: { reasoningText: thought } };
  const said = asString(text.text) ?? "";
  return citations.length > 0 ? { citationsContent: { content: [{ text: said }], citations } } : { text: said };
}
