// The streams of a source, the calls to a view, and when the page is flushed.
import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Chunk } from "../../src/model/chunk.ts";
import type { StreamEnding } from "../../src/model/listener.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { Stretch } from "../../src/model/stretch.ts";
import { type InspectOptions, inspectSource } from "../../src/pipeline/inspect-source.ts";
import { ruleFamilies } from "../../src/pipeline/rule-families.ts";
import { DEFAULT_POLICY } from "../../src/rules/policy.ts";
import { bareInput } from "../../src/sources/input.ts";
import { createPage, type Page } from "../../src/terminal/page.ts";
import type { View, ViewListener, ViewOptions } from "../../src/views/view.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { answer, created, itemAdded, message, ofMessage, partAdded, stream, textDelta } from "../support/stream.ts";

const OPTIONS: InspectOptions = {
  framing: null,
  dialect: null,
  rules: DEFAULT_POLICY,
  maxEventBytes: 1e6,
  maxDecodedBytes: 1e6,
};
const ALONE: ViewOptions = { channels: new Set(["text"]), source: null, isOneOfMany: false };

interface Inspection {
  readonly chunks?: readonly (string | Uint8Array | Chunk)[];
  readonly options?: Partial<InspectOptions>;
  readonly viewOptions?: Partial<ViewOptions>;
  readonly view?: Partial<View>;
  readonly listener?: ViewListener;
}

/** Inspects chunks, and records the calls to the view and the page. */
async function inspect({ chunks = [], options = {}, viewOptions = {}, view = {}, listener = {} }: Inspection) {
  const streams: ViewOptions[] = [];
  const flushes: boolean[] = [];
  async function* all(): AsyncGenerator<Chunk> {
    for (const chunk of chunks) {
      const isChunk = typeof chunk === "object" && "atMs" in chunk;
      yield isChunk ? chunk : { bytes: Buffer.from(chunk), atMs: null };
    }
  }
  const page = createPage(new Writable({ write: (_bytes, _encoding, done) => done() }));
  const watched: Page = {
    ...page,
    flush(canWait = false) {
      flushes.push(canWait);
      return page.flush(canWait);
    },
  };
  const reports = await inspectSource(
    { name: "test", open: async () => bareInput(all()) },
    { ...OPTIONS, ...options },
    {
      view: {
        name: "test",
        title: "",
        hasSummary: false,
        create(_page, options) {
          streams.push(options);
          return listener;
        },
        ...view,
      },
      options: { ...ALONE, ...viewOptions },
      page: watched,
    },
    new AbortController().signal,
  );
  return { reports, streams, flushes };
}

describe("A stream is one of many to its view", () => {
  const archive = fixtureNamed("har/chrome.har").bytes;

  test("if its source has several, or there are several sources.", async () => {
    const { streams, reports } = await inspect({ chunks: [archive] });
    expect(reports.length).toBeGreaterThan(1);
    expect(streams.map(({ isOneOfMany }) => isOneOfMany)).toEqual(reports.map(() => true));
    const alone = await inspect({ chunks: [answer("hey")], viewOptions: { isOneOfMany: true } });
    expect(alone.streams).toMatchObject([{ isOneOfMany: true }]);
  });

  test("but not otherwise.", async () => {
    expect((await inspect({ chunks: [answer("hey")] })).streams).toMatchObject([{ isOneOfMany: false }]);
  });
});

test("The first byte of a source is that of a stream only if the stream is all of it.", async () => {
  const whole = await inspect({ chunks: [{ bytes: Buffer.from(answer("hey")), atMs: 5 }] });
  expect(whole.reports).toMatchObject([{ timing: { ttfbMs: 5 } }]);
  const part = await inspect({ chunks: [{ bytes: fixtureNamed("log/gitlab.log").bytes, atMs: 5 }] });
  expect(part.reports).toMatchObject([{ timing: { ttfbMs: null } }]);
});

describe("Output may wait for the next chunk", () => {
  const chunks = [
    { bytes: Buffer.from("data: 1\n\n"), atMs: null, isFollowed: true },
    { bytes: Buffer.from("data: 2\n\n"), atMs: null, isFollowed: false },
  ];

  test("if one is available.", async () => {
    expect((await inspect({ chunks })).flushes).toEqual([true, false, false]);
  });

  test("but not as bytes, which are only valid until then.", async () => {
    const copied: string[] = [];
    const copy = () => (bytes: Uint8Array) => void copied.push(Buffer.from(bytes).toString());
    expect((await inspect({ chunks, view: { copy } })).flushes).toEqual([false, false, false]);
    expect(copied).toEqual(["data: 1\n\n", "data: 2\n\n"]);
  });
});

describe("Input that is not a stream", () => {
  test("has one report, without a framing.", async () => {
    const { reports, streams } = await inspect({});
    expect(reports).toMatchObject([{ verdict: "not-a-stream", framing: null, stream: null, bytes: 0 }]);
    expect(streams).toHaveLength(1);
  });

  test("has one even if little of it could be decoded.", async () => {
    const { reports } = await inspect({
      chunks: [gzipSync(`{"a":${" ".repeat(99)}1}`)],
      options: { maxDecodedBytes: 9 },
    });
    expect(reports).toMatchObject([{ verdict: "truncated", framing: null, stream: null }]);
  });

  test("has the framing named by the user.", async () => {
    expect((await inspect({ options: { framing: "sse" } })).reports).toMatchObject([{ framing: "sse" }]);
  });

  test.each([
    ["a page", "<html><title>no</title></html>", false],
    ["nothing", "", false],
    ["an event", answer("hey"), true],
    ["a comment, as of a stream that goes on", ": ping\n\n", true],
  ])("is told to who follows it: %s.", async (_, input, isStream) => {
    const endings: StreamEnding[] = [];
    await inspect({ chunks: [input], listener: { end: (ending) => void endings.push(ending) } });
    expect(endings).toMatchObject([{ isStream }]);
  });
});

describe("A dialect that is named", () => {
  test("must fit one stream of a source, not all of them.", async () => {
    const entries = ["data: hello\n\n", answer("hey")].map((text) => ({
      request: { method: "GET", url: "https://example.com/" },
      response: { status: 200, content: { mimeType: "text/event-stream", text } },
    }));
    const archive = JSON.stringify({ log: { version: "1.2", entries } });
    const { reports } = await inspect({ chunks: [archive], options: { dialect: "openai-responses" } });
    expect(reports.map(({ responses }) => responses.length)).toEqual([0, 1]);
  });

  test("that fits none is a user error.", async () => {
    await expect(inspect({ chunks: ["data: hello\n\n"], options: { dialect: "anthropic" } })).rejects.toThrow(
      "no event matches the dialect anthropic",
    );
  });

  test("does not hide that the input is a page.", async () => {
    const { reports } = await inspect({ chunks: ["<html>no"], options: { dialect: "openai-responses" } });
    expect(reports).toMatchObject([{ verdict: "not-a-stream" }]);
  });

  test("fits an error in any form.", async () => {
    const error = 'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n';
    const { reports } = await inspect({ chunks: [error], options: { dialect: "openai-responses" } });
    expect(reports).toHaveLength(1);
  });
});

/** How many events a view gets in stretches, and how many deltas it reads one by one. */
async function follow(input: string) {
  let inStretches = 0;
  let read = 0;
  const counting: ViewListener = {
    stretch: ({ events }: Stretch) => void (inStretches += events),
    read: ({ eventType }: Reading) => void (read += eventType.endsWith("output_text.delta") ? 1 : 0),
  };
  const { reports } = await inspect({ chunks: [input], listener: counting });
  return { inStretches, read, reports };
}

describe("Deltas that are alike", () => {
  const DELTAS = 40;
  const deltas = Array.from({ length: DELTAS }, (_, number) => ofMessage(textDelta(String(number))));
  const quiet = stream(created(), itemAdded(0, message), ofMessage(partAdded()), ...deltas);

  test("are read at once for a view that supports it, and all are counted.", async () => {
    const { inStretches, read, reports } = await follow(quiet);
    expect(inStretches).toBeGreaterThan(DELTAS / 2);
    expect(inStretches + read).toBe(DELTAS);
    expect(reports).toMatchObject([{ events: DELTAS + 3 }]);
  });

  test("are read one by one for a view of events.", async () => {
    let read = 0;
    const listener: ViewListener = { read: () => void (read += 1) };
    await inspect({ chunks: [quiet], listener });
    expect(read).toBe(DELTAS + 3);
  });

  test("are read one by one if each has its own finding.", async () => {
    const misnamed = quiet.replaceAll("event: response.output_text.delta", "event: response.other.delta");
    const { inStretches, reports } = await follow(misnamed);
    expect(inStretches).toBe(0);
    expect(reports).toMatchObject([{ findingCounts: { "event-type-mismatch": DELTAS } }]);
  });
});

test("An event that the input ends in is as long as the part that arrived.", async () => {
  const lengths: number[] = [];
  const input = `${answer("hey")}data: {"type":"ping"}`;
  await inspect({ chunks: [input], listener: { read: ({ event }) => void lengths.push(event.length) } });
  expect(lengths.at(-1)).toBe('data: {"type":"ping"}'.length);
});

function dialectsOf(name: string) {
  return ruleFamilies().find(({ family }) => family.name === name)?.dialects;
}

test("A family for some dialects is listed with these, one for all with none, and one of a protocol with that.", () => {
  expect(dialectsOf("part-starts")).toContain("cohere");
  expect(dialectsOf("part-starts")).not.toContain("openai-responses");
  expect(dialectsOf("input")).toBeNull();
  expect(dialectsOf("rpc")).toEqual(["mcp"]);
});

test("The page is flushed after each stream of an archive", async () => {
  const { flushes, reports } = await inspect({ chunks: [fixtureNamed("har/chrome.har").bytes] });
  expect(flushes.length).toBeGreaterThan(reports.length);
});
