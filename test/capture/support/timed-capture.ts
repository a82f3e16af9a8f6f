// Captures with handmade timing files: the fixture `hey` in two chunks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { TimingLine } from "../../../src/sources/timed/timing-file.ts";
import timingSchema from "../../../src/schemas/timing.schema.json" with { type: "json" };
import { hey, heyUntilDelta } from "../../support/captured.ts";
import { captureFiles, temporaryDirectory } from "../../support/files.ts";

export function newCapture(): string {
  return join(temporaryDirectory(), "capture.sse");
}

export function timingOf(path: string): TimingLine[] {
  return readFileSync(`${path}.timing`, "utf8")
    .trimEnd()
    .split("\n")
    .map((line): TimingLine => JSON.parse(line));
}

/** A capture with a handmade timing file. */
export function timedCapture(bytes: Uint8Array, ...lines: readonly unknown[]): string {
  const timing = lines.map((line) => (typeof line === "string" ? line : `${JSON.stringify(line)}\n`)).join("");
  const [path = ""] = captureFiles({ "capture.sse": bytes, "capture.sse.timing": timing });
  return path;
}

export const isTimingLine = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(timingSchema);

export const header = { schema: "ssescope/timing@1", source: "-", startedAt: null, exchange: null, opening: null };
export const half = heyUntilDelta.length;
export const rest = hey.length - half;
export const twoChunks = [
  { offset: 0, length: half, ms: 100 },
  { offset: half, length: rest, ms: 400 },
];
export const complete = { end: "complete", ms: 500, heldBackMs: 0, error: null };
