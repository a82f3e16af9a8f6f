// Builds a completion as sent without `stream: true` from the chunks of a streamed one.
// https://platform.openai.com/docs/api-reference/chat/object,
// https://platform.openai.com/docs/api-reference/completions/object
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer, Draft } from "../answer.ts";
import { append, entryAt, inOrder, update } from "../reader/draft.ts";
import { createMessage, type Message } from "./answer-message.ts";

interface Choice {
  readonly message: Message;
  readonly fields: Draft;
  /** For legacy completions, which have no message. */
  readonly text: Draft;
}

export function createAnswer(): Answer {
  const fields: Draft = {};
  const choices = new Map<number, Choice>();
  let whole: JsonObject | null = null;
  let hasFailed = false;

  function addChoice(value: JsonObject, place: number): void {
    const { index, delta, message, text, logprobs, ...rest } = value;
    const choice = entryAt(choices, asIndex(index) ?? place, createChoice);
    choice.message.add(asObject(delta) ?? asObject(message) ?? {});
    append(choice.text, "text", text);
    update(choice.fields, rest);
    const added = asObject(logprobs);
    if (added !== null) choice.fields.logprobs = joinLists(asObject(choice.fields.logprobs) ?? {}, added);
  }

  return {
    add(value) {
      if (saysError(value) || saysError(asObject(value.x_groq) ?? {})) hasFailed = true;
      if (value.object === "chat.completion") whole = value;
      const { choices: added, object, ...rest } = value;
      update(fields, rest);
      asObjects(added).forEach(addChoice);
      if (asString(object) === "text_completion") fields.object = object;
    },
    document() {
      const isWhole = choices.size > 0 && [...choices.values()].every(({ fields: of }) => asString(of.finish_reason));
      if (hasFailed || !isWhole) return null;
      if (whole !== null) return whole;
      const isText = fields.object === "text_completion";
      const all = inOrder(choices);
      // Groq and Moonshot report usage in another place.
      const usage =
        fields.usage ?? asObject(fields.x_groq)?.usage ?? all.find(({ fields: of }) => of.usage)?.fields.usage;
      return {
        ...fields,
        ...(usage !== undefined && { usage }),
        object: isText ? "text_completion" : "chat.completion",
        choices: all.map((choice, index) => wholeChoice(choice, index, isText)),
      };
    },
  };
}

function saysError({ error }: JsonObject): boolean {
  return asObject(error) !== null || asString(error) !== null;
}

function createChoice(): Choice {
  return { message: createMessage(), fields: {}, text: {} };
}

function wholeChoice({ message, fields, text }: Choice, index: number, isText: boolean): JsonObject {
  const content = isText ? text : { message: message.whole() };
  return { index, ...content, logprobs: null, ...fields };
}

/** Appends the lists of the second to those of the first. */
function joinLists(before: JsonObject, added: JsonObject): JsonObject {
  const joined = Object.entries(added).map(([key, value]) => {
    const known = before[key];
    return [key, Array.isArray(known) && Array.isArray(value) ? known.concat(value) : (value ?? known)];
  });
  return { ...before, ...Object.fromEntries(joined) };
}
