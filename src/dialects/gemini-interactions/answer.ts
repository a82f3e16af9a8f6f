// Builds an interaction as sent without `stream: true`. Its first step, the input, is not in a stream.
// https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append, entryAt, inOrder, inputOf, update } from "../reader/draft.ts";

interface Step {
  readonly fields: Draft;
  /** Arguments that come in fragments of JSON. */
  readonly input: Draft;
}

export function createAnswer(): Answer {
  let interaction: Draft = {};
  let steps = new Map<number, Step>();
  /** Before May 2026, steps were called contents. */
  let isLegacy = false;
  let isWhole = false;

  function begin(value: JsonObject): void {
    interaction = { ...asObject(value.interaction) };
    steps = new Map();
    isWhole = false;
  }

  function stepAt(value: JsonObject): Step {
    return entryAt(steps, asIndex(value.index) ?? steps.size, () => ({ fields: {}, input: {} }));
  }

  function startContent(value: JsonObject): void {
    isLegacy = true;
    Object.assign(stepAt(value).fields, asObject(value.content));
  }

  function end(value: JsonObject): void {
    update(interaction, asObject(value.interaction));
    isWhole = true;
  }

  const adders = new Map<string, (value: JsonObject) => void>([
    ["interaction.created", begin],
    ["interaction.start", begin],
    ["step.start", (value) => void Object.assign(stepAt(value).fields, asObject(value.step))],
    ["content.start", startContent],
    ["step.delta", (value) => addToStep(stepAt(value), asObject(value.delta) ?? {})],
    ["content.delta", (value) => addToContent(stepAt(value), asObject(value.delta) ?? {})],
    ["interaction.completed", end],
    ["interaction.complete", end],
    ["error", () => (isWhole = false)],
  ]);

  return {
    add: (value, event) => adders.get(asString(value.event_type) ?? event.event)?.(value),
    document() {
      if (!isWhole) return null;
      return { ...interaction, [isLegacy ? "outputs" : "steps"]: inOrder(steps).map(wholeStep) };
    },
  };
}

function addToStep({ fields, input }: Step, delta: JsonObject): void {
  const { type, ...rest } = delta;
  switch (type) {
    case "text":
      return addText(fields, "content", delta);
    case "thought_summary":
      return addText(fields, "summary", asObject(delta.content) ?? {});
    case "thought_signature":
      return append(fields, "signature", delta.signature);
    case "arguments_delta":
      return append(input, "text", delta.arguments);
    case "text_annotation":
    case "text_annotation_delta":
      return annotate(fields, delta);
    case "image":
    case "audio":
      fields.content = [...asObjects(fields.content), delta];
      return;
    default:
      update(fields, rest);
  }
}

function addToContent(content: Step, delta: JsonObject): void {
  const { fields } = content;
  if (delta.type === "text" || delta.type === "image" || delta.type === "audio") {
    append(fields, "text", delta.text);
    append(fields, "data", delta.data);
    update(fields, { mime_type: delta.mime_type });
  } else if (delta.type === "text_annotation" || delta.type === "text_annotation_delta") {
    fields.annotations = [...asObjects(fields.annotations), ...asObjects(delta.annotations)];
  } else addToStep(content, delta);
}

/** A text continues the one before it. */
function addText(fields: Draft, key: string, piece: JsonObject): void {
  const parts = asObjects(fields[key]);
  const last = parts.at(-1);
  const text = asString(last?.text);
  const goesOn = text !== null && asString(piece.text) !== null;
  fields[key] = goesOn
    ? [...parts.slice(0, -1), { ...last, text: `${text}${asString(piece.text)}` }]
    : [...parts, piece];
}

function annotate(fields: Draft, { annotations }: JsonObject): void {
  const parts = asObjects(fields.content);
  const last = parts.at(-1);
  if (last === undefined) return;
  const all = [...asObjects(last.annotations), ...asObjects(annotations)];
  fields.content = [...parts.slice(0, -1), { ...last, annotations: all }];
}

function wholeStep({ fields, input }: Step): JsonObject {
  const text = asString(input.text);
  return text === null ? fields : { ...fields, arguments: inputOf(text) };
}
