// Recordings of Mastra's recorder of LLM requests: a list of exchanges; for a stream, its chunks and the delay of each.
// https://github.com/mastra-ai/mastra/blob/main/packages/_llm-recorder/src/llm-recorder.ts (LLMRecording,
// RecordingFile)
import { asObject, asString } from "../../../model/payload.ts";
import { asMs } from "../../../model/timing.ts";
import type { ReadBodyFile } from "../archive.ts";
import { type BodyPart, filePart, jsonPart, textPart } from "../body-part.ts";
import type { Path } from "../document/parsed-document.ts";
import { framingOfRecorder } from "../recorder.ts";

export const mastra = framingOfRecorder({
  name: "mastra",
  title: "a recording of Mastra's LLM recorder: each stream, with its times",
  kind: "recording of Mastra",
  missing: "it has no list of recordings",
  signatures: [
    {
      syntax: "array",
      paths: ["[].hash", "[].request.url", "[].response"],
      topKeys: ["[].hash", "[].request", "[].response"],
    },
    { syntax: "object", paths: ["recordings[].hash", "recordings[].request.url"] },
  ],
  list(root, readFile) {
    const recordings: unknown = Array.isArray(root) ? root : asObject(root)?.recordings;
    const path: Path = Array.isArray(root) ? [] : ["recordings"];
    if (!Array.isArray(recordings)) return null;
    return recordings.map((recording: unknown, index) => {
      const { request, response } = asObject(recording) ?? {};
      const { method, url } = asObject(request) ?? {};
      const recorded = asObject(response) ?? {};
      const { status, statusText, headers } = recorded;
      const body = bodyOf(recorded, [...path, index, "response"], readFile);
      return { at: [...path, index], method, url, status, statusText, headers, body };
    });
  },
});

function bodyOf(response: Readonly<Record<string, unknown>>, at: Path, readFile: ReadBodyFile): readonly BodyPart[] {
  const { chunks, chunkTimings, body, binaryArtifact } = response;
  if (Array.isArray(chunks)) {
    const times = timesOf(chunkTimings);
    return chunks.flatMap((chunk, index) => textPart(chunk, [...at, "chunks", index], times[index]));
  }
  const file = asString(asObject(binaryArtifact)?.path);
  if (file !== null) return filePart(readFile(file), [...at, "binaryArtifact", "path"]);
  return typeof body === "string" ? textPart(body, [...at, "body"]) : jsonPart(body, [...at, "body"]);
}

/** Arrival times, from the delay of each chunk after the one before; the first counts from the response headers. */
function timesOf(timings: unknown): readonly number[] {
  const times: number[] = [];
  let now = 0;
  for (const took of Array.isArray(timings) ? (timings as unknown[]) : []) {
    const ms = asMs(took);
    if (ms === null || asMs(now + ms) === null) return [];
    now += ms;
    times.push(now);
  }
  return times;
}
