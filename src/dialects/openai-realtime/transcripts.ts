// The transcripts of a transcription session, one for each part of the user's audio, each a response of its own. In
// other sessions the same events transcribe the user. https://platform.openai.com/docs/guides/realtime-transcription
import { asId, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { FactWriter } from "../reader/fact-writer.ts";
import { readError } from "../reader/in-band-error.ts";
import { tellUsage } from "./usage.ts";

const EVENT = /^conversation\.item\.input_audio_transcription\.(?<step>delta|completed|failed)$/;
const ITEM = 0;

export interface Transcripts {
  /** Reports the content of a transcript event; false for any other event. */
  read(type: string, value: JsonObject): boolean;
}

/** Whether a session only transcribes: by `type` in the released API, by `object` in its beta. */
export function isTranscription({ type, object }: JsonObject): boolean {
  return type === "transcription" || object === "realtime.transcription_session";
}

export function createTranscripts(writer: FactWriter): Transcripts {
  /** The item of the current transcript. */
  let current: string | null = null;

  function begin(id: string | null): void {
    if (current !== null && current === id) return;
    current = id;
    writer.startResponse({ id, model: null, status: null, serviceTier: null });
    writer.startItem(ITEM, snapshotOf(id));
  }

  function end(id: string | null, value: JsonObject): void {
    writer.end("text", ITEM, 0, asString(value.transcript));
    writer.endItem(ITEM, snapshotOf(id), []);
    const usage = asObject(value.usage);
    if (usage !== null) tellUsage(usage, writer);
    writer.endResponse("completed", null, null);
    current = null;
  }

  return {
    read(type, value) {
      const step = EVENT.exec(type)?.groups?.step;
      if (step === undefined) return false;
      const id = asId(value.item_id);
      begin(id);
      if (step === "delta") writer.delta("text", ITEM, 0, asString(value.delta) ?? "");
      else if (step === "completed") end(id, value);
      else {
        writer.error(readError(value));
        writer.endResponse("failed", null, null);
        current = null;
      }
      return true;
    },
  };
}

function snapshotOf(id: string | null) {
  return { id, type: "transcript", status: null };
}
