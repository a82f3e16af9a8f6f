// The part of a capture that a reconnecting client gets.
import { describe, expect, test } from "vitest";
import { TransportError } from "../../src/errors.ts";
import type { Chunk } from "../../src/model/chunk.ts";
import { byEvent } from "../../src/replay/pieces.ts";
import { hasId, isResumed, resumed, type Resumption } from "../../src/replay/resumption.ts";

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Chunk> {
  for (const text of texts) yield { bytes: Buffer.from(text), atMs: null };
}

async function* broken(text: string, error: Error): AsyncGenerator<Chunk> {
  yield* chunksOf(text);
  throw error;
}

/** The bytes sent from a capture. */
async function sent(capture: string, resumption: Partial<Resumption>, knowsId = true): Promise<string> {
  let text = "";
  const all: Resumption = { lastEventId: null, startingAfter: null, ...resumption };
  for await (const { bytes } of resumed(byEvent(chunksOf(capture)), all, knowsId))
    text += Buffer.from(bytes).toString();
  return text;
}

const numbered = (number: number): string => `data: {"sequence_number":${number}}\n\n`;
const UNNUMBERED = 'data: {"type":"keepalive"}\n\n';

describe("After a sequence number, the response has", () => {
  const capture = numbered(0) + numbered(1) + numbered(2);

  test.each([
    [0, numbered(1) + numbered(2)],
    [1, numbered(2)],
    [2, ""],
    [7, ""],
  ])("the events whose number is larger than %i.", async (startingAfter, rest) => {
    expect(await sent(capture, { startingAfter })).toBe(rest);
  });

  test("events without a number, whatever their data is.", async () => {
    const rest = `${UNNUMBERED}${numbered(2)}data: [DONE]\n\ndata: {"sequence_number":"0"}\n\n: bye\n\ndata: cut`;
    expect(await sent(numbered(0) + numbered(1) + rest, { startingAfter: 1 })).toBe(rest);
  });
});

describe("After an id, the response has", () => {
  const capture = "id: a\ndata: 1\n\ndata: 2\n\nid: b\ndata: 3\n\nid: c\ndata: 4\n\n: the end";

  test.each([
    ["a", "id: b\ndata: 3\n\nid: c\ndata: 4\n\n: the end"],
    ["b", "id: c\ndata: 4\n\n: the end"],
    ["c", ": the end"],
  ])("the events after the last event that has it: %s", async (lastEventId, rest) => {
    // An event without an id has that of the one before it.
    const expected = lastEventId === "a" ? `data: 2\n\n${rest}` : rest;
    expect(await sent(capture, { lastEventId })).toBe(expected);
  });

  test("all events if the capture does not have it.", async () => {
    expect(await sent(capture, { lastEventId: "z" }, false)).toBe(capture);
  });
});

test("A client that does not resume gets the whole capture.", async () => {
  expect(isResumed({ lastEventId: null, startingAfter: null })).toBe(false);
  expect(isResumed({ lastEventId: "", startingAfter: null })).toBe(true);
  expect(isResumed({ lastEventId: null, startingAfter: 0 })).toBe(true);
  expect(await sent(numbered(0), {}, false)).toBe(numbered(0));
});

describe("An id is known", () => {
  const capture = "id: a\ndata: 1\n\nid: b\ndata: 2\n\n";

  test("if an event has it.", async () => {
    expect(await hasId(byEvent(chunksOf(capture)), "b")).toBe(true);
    expect(await hasId(byEvent(chunksOf(capture)), "c")).toBe(false);
  });

  test("even if the recording ends with a network failure.", async () => {
    const failure = new TransportError("ECONNRESET", "reset");
    expect(await hasId(byEvent(broken(capture, failure)), "a")).toBe(true);
    expect(await hasId(byEvent(broken(capture, failure)), "c")).toBe(false);
    await expect(hasId(byEvent(broken(capture, new Error("a bug"))), "c")).rejects.toThrow("a bug");
  });
});
