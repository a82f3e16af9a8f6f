// OpenAI's streams of audio and images: transcriptions, speech, and generated or edited images.
// https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event,
// https://platform.openai.com/docs/api-reference/audio/speech-audio-delta-event,
// https://platform.openai.com/docs/api-reference/images-streaming
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Dialect, DialectReader } from "../dialect.ts";
import { createFactWriter } from "../reader/fact-writer.ts";
import { isError, readError } from "../reader/in-band-error.ts";
import { createKeyedItems } from "../reader/keyed-items.ts";
import { readObjects } from "../reader/read-objects.ts";
import { usageOf } from "../reader/usage.ts";
import { traits } from "./traits.ts";

export const openaiMedia = {
  ...traits,
  claims: (_, payload) => payload.type === "object" && EVENT.test(asString(payload.value.type) ?? ""),
  create: createReader,
  rules: [],
} as const satisfies Dialect;

const EVENT =
  /^(?:transcript\.text\.(?:delta|done|segment)|speech\.audio\.(?:delta|done)|image_(?:generation|edit)\.(?:partial_image|completed))$/;

const OUTPUT = "output";

function createReader(): DialectReader {
  const writer = createFactWriter();
  const items = createKeyedItems(writer);
  let isOpen = false;
  let hasText = false;

  function open(type: string): number {
    if (!isOpen) {
      writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
      hasText = false;
    }
    isOpen = true;
    return items.open(OUTPUT, () => ({ id: null, type, status: null }));
  }

  function readText(text: string): void {
    const item = open("transcript");
    hasText ||= text !== "";
    if (text !== "") writer.delta("text", item, 0, text);
  }

  function readMedia(media: "audio" | "image", base64: unknown): void {
    const item = open(media);
    const base64Length = asString(base64)?.length ?? 0;
    writer.tell({ type: "media-delta", media, response: writer.response(), item, base64Length });
  }

  function readDone(type: string, value: JsonObject): void {
    if (type === "transcript.text.done") {
      const text = asString(value.text);
      // If there are segments, which have a speaker and times, only this event has the text.
      if (!hasText) readText(text ?? "");
      writer.end("text", open("transcript"), 0, text);
    } else if (type === "speech.audio.done") open("audio");
    else readMedia("image", value.b64_json);
    // A transcription that is billed by duration has no tokens.
    const usage = asObject(value.usage);
    if (usage !== null && asIndex(usage.total_tokens) !== null) {
      const counts = { input: asIndex(usage.input_tokens), output: asIndex(usage.output_tokens) };
      writer.usage(usageOf({ ...counts, total: asIndex(usage.total_tokens) }, usage));
    }
    items.endAll();
    writer.endResponse("completed", null, null);
    isOpen = false;
  }

  return {
    read: readObjects(writer, (value, { event }) => {
      const type = asString(value.type) ?? "";
      if (type === "transcript.text.delta") readText(asString(value.delta) ?? "");
      else if (type === "transcript.text.segment") open("transcript");
      else if (type === "speech.audio.delta") readMedia("audio", value.audio);
      else if (EVENT.test(type) && type.endsWith(".partial_image")) readMedia("image", value.b64_json);
      else if (EVENT.test(type)) readDone(type, value);
      else if (isError(value, event)) writer.error(readError(value));
      else writer.tell({ type: "unrecognized", name: type });
    }),
    fail: writer.fail,
    sequenceNumber: () => null,
  };
}
