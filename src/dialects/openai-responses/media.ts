// Counts the audio and images in events; the media itself is not kept.
import { asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";

/** Reports a partial image of the item at that position. */
export function tellImage(value: JsonObject, item: number, writer: FactWriter): void {
  const base64Length = asString(value.partial_image_b64)?.length ?? 0;
  writer.tell({ type: "media-delta", media: "image", response: writer.response(), item, base64Length });
}

/** Reports a chunk of audio. */
export function tellAudio(value: JsonObject, writer: FactWriter): void {
  const base64Length = asString(value.delta)?.length ?? 0;
  const item = audioItem(writer);
  writer.tell({ type: "media-delta", media: "audio", response: writer.response(), item, base64Length });
}

/** Audio events name no item: all audio of a response is one item here, with the transcript as its text. */
export function audioItem(writer: FactWriter): number {
  const isNew = !writer.hasItem(AUDIO_ITEM);
  const item = writer.itemWithId(AUDIO_ITEM);
  if (isNew) writer.startItem(item, { id: null, type: AUDIO_ITEM, status: null });
  return item;
}

const AUDIO_ITEM = "audio";
