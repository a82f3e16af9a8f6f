// The streams in which faults are planted: our own fixtures, and recorded streams that are genuine; those without faults
// of their own.
import { captures } from "../support/captures.ts";
import { fixtures } from "../support/fixtures.ts";
import { findingsOf } from "./plant.ts";
import { examine, type Specimen } from "./specimen.ts";
import { readStream, type Stream, wrapLines, writeStream } from "./stream.ts";

const FOLDER = "openai-responses";

export function ownSpecimens(): Promise<Specimen[]> {
  const own = fixtures.filter(({ name }) => name.startsWith(`${FOLDER}/`) && name.endsWith(".sse"));
  return faultless(own.map(({ name, bytes }) => ({ name, stream: readStream(bytes) })));
}

/** The recorded streams of which nothing was made up or taken out. */
export function recordedSpecimens(): Promise<Specimen[]> {
  const genuine = captures.filter(({ folder, note }) => folder === FOLDER && note === "");
  return faultless(
    genuine.map(({ name, isSse, bytes }) => ({ name, stream: isSse ? readStream(bytes) : wrapLines(bytes) })),
  );
}

async function faultless(candidates: readonly { name: string; stream: Stream }[]): Promise<Specimen[]> {
  const specimens: Specimen[] = [];
  for (const { name, stream } of candidates) {
    const findings = await findingsOf(writeStream(stream, stream.frames));
    if (findings.every(({ severity }) => severity === "info")) specimens.push(examine(name, stream));
  }
  return specimens;
}
