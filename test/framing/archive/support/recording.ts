// A recorder's file in, its streams out; and what is recorded in many tests.
import type { Framing } from "../../../../src/framing/framing.ts";
import { answer } from "../../../support/stream.ts";
import { readStreams } from "../../support/read-streams.ts";

export const TEXT = answer("hey");
export const BASE64 = Buffer.from(TEXT).toString("base64");
export const STREAM = { "content-type": "text/event-stream" };
export const URL = "https://api.example/v1/responses";

/** Reads text, or a value that is written as JSON. */
export async function read(framing: Framing, value: unknown): ReturnType<typeof readStreams> {
  return readStreams(framing, [typeof value === "string" ? value : JSON.stringify(value)]);
}

export async function bodiesOf(framing: Framing, value: unknown): Promise<string[]> {
  return (await read(framing, value)).streams.map(({ body }) => body);
}
