// When events are read at once, and at which cost: counted in shapes, stretches and events, not in time.
import { generic } from "../../src/dialects/generic/generic.ts";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../src/model/reading.ts";
import { recogniser } from "../../src/stretch/recogniser.ts";
import { createStretchReader } from "../../src/stretch/stretch-reader.ts";
import { eventOf, readChunks } from "../support/with-stretches.ts";
import * as protocols from "./support/protocols.ts";
import { type Manner, write } from "./support/streams.ts";

const MESSAGE = { id: "msg_1", type: "message", status: "in_progress", content: [] };
const CHUNK_BYTES = 65_536;

/** How most servers write JSON and lines. */
const MANNER: Manner = {
  order: [],
  comma: ",",
  colon: ":",
  isAscii: false,
  lineEnd: "\n",
  space: " ",
  isSplit: false,
};

/** A response with `count` deltas; `write` makes each event. */
function streamOf(count: number, write: (delta: Record<string, unknown>, index: number) => string): Buffer {
  const start = [
    eventOf({ type: "response.created", sequence_number: 0, response: { id: "resp_1", status: "in_progress" } }),
    eventOf({ type: "response.output_item.added", sequence_number: 1, output_index: 0, item: MESSAGE }),
    eventOf({
      type: "response.content_part.added",
      sequence_number: 2,
      item_id: "msg_1",
      output_index: 0,
      content_index: 0,
      part: { type: "output_text", text: "", annotations: [] },
    }),
  ];
  const deltas = Array.from({ length: count }, (_, index) =>
    write(
      {
        type: "response.output_text.delta",
        sequence_number: index + 3,
        item_id: "msg_1",
        output_index: 0,
        content_index: 0,
        delta: ` ${index}`,
        obfuscation: "x".repeat(index % 7),
      },
      index,
    ),
  );
  return Buffer.from([...start, ...deltas].join(""));
}

function plain(delta: Record<string, unknown>): string {
  return eventOf({ type: "", ...delta });
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

describe("deltas that are alike", () => {
  test("are read at once, except for the first two, and one at each chunk boundary", async () => {
    const chunks = cut(streamOf(5000, plain), CHUNK_BYTES);
    const { eventsInStretches, stretches, shown, report } = await readChunks(chunks, true);
    expect(chunks.length).toBeGreaterThan(10);
    expect(stretches).toBe(chunks.length);
    expect(eventsInStretches).toBe(5000 - 2 - (chunks.length - 1));
    expect(report.events).toBe(5003);
    expect(shown).toContain(" 0 1 2 3 4 5 ");
  });

  test("are read one by one if each chunk has one", async () => {
    const events = streamOf(100, plain)
      .toString()
      .split(/(?<=\n\n)/);
    expect(
      await readChunks(
        events.map((event) => Buffer.from(event)),
        true,
      ),
    ).toMatchObject({ eventsInStretches: 0 });
  });

  test("are read one by one if one of them might be too large", async () => {
    const bytes = streamOf(100, plain);
    expect(await readChunks([bytes], true, bytes.length - 1)).toMatchObject({ eventsInStretches: 0 });
    expect((await readChunks([bytes], true, bytes.length)).eventsInStretches).toBeGreaterThan(90);
  });

  test("take at most twice the work if there are twice as many", async () => {
    for (const count of [1000, 2000, 4000]) {
      const chunks = cut(streamOf(count, plain), CHUNK_BYTES);
      const { eventsInStretches, stretches } = await readChunks(chunks, true);
      expect(stretches).toBe(chunks.length);
      expect(count - eventsInStretches).toBe(2 + chunks.length - 1);
    }
  });
});

describe("in each protocol and each way of writing its lines, deltas", () => {
  const manners = Object.entries({
    "as most write them": MANNER,
    "with spaces": { ...MANNER, comma: ", ", colon: ": " },
    "with CRLF": { ...MANNER, lineEnd: "\r\n" },
    "without a space before the data": { ...MANNER, space: "" },
    "with escapes for all but ASCII": { ...MANNER, isAscii: true },
  });
  const cases = Object.entries(protocols).flatMap(([name, protocol]) =>
    manners.map(([how, manner]) => [name, how, protocol, manner] as const),
  );

  test.each(cases)("of %s, %s, are read at once", async (_name, _how, protocol, manner) => {
    const texts = Array.from({ length: 100 }, (_, index) => ` ${index} é👋\n`);
    const first = protocol.before.length;
    const deltas = texts.map((text, index) => protocol.delta(text, first + index, "xy", 0));
    const written = [...protocol.before, ...deltas].map((fields) => write(protocol, fields, manner)).join("");
    const quick = await readChunks([Buffer.from(written)], true);
    expect(quick.eventsInStretches).toBeGreaterThanOrEqual(97);
    expect(quick.shown).toContain(texts.join(""));
    expect(quick.shown).toBe((await readChunks([Buffer.from(written)], false)).shown);
  });
});

describe("in each protocol, deltas of texts that alternate", () => {
  /** Events of these begin or end an item if the text is not that of the event before. */
  const endEachOther = new Set<string>(["ollama", "agUiChunks", "agUiBoth", "coze"]);
  const cases = Object.entries(protocols).flatMap(([name, protocol]) =>
    [2, 5, 8].map((count) => [count, name, protocol] as const),
  );

  test.each(cases)("of %d texts of %s, are read at once", async (count, name, protocol) => {
    const mostAlone = endEachOther.has(name) ? Infinity : count * 5;
    for (const [manner, longestRun] of [[MANNER, 1] as const, [{ ...MANNER, lineEnd: "\r\n" }, 3] as const]) {
      const deltas = inTurns(240, count, longestRun).map((item, index) =>
        protocol.delta(` ${index} é👋\n`, protocol.before.length + index, "xy", item),
      );
      const written = [...protocol.before, ...deltas].map((fields) => write(protocol, fields, manner)).join("");
      const quick = await readChunks([Buffer.from(written)], true);
      const slow = await readChunks([Buffer.from(written)], false);
      expect(quick.report).toEqual(slow.report);
      expect(quick.shown).toBe(slow.shown);
      expect(deltas.length - quick.eventsInStretches).toBeLessThanOrEqual(mostAlone);
    }
  });

  test("need no slow event when a known text goes on", async () => {
    const bytes = interleaved(...inTurns(4000, 3, 2).map((item) => [item, 1] as const));
    const chunks = cut(bytes, CHUNK_BYTES);
    const { eventsInStretches } = await readChunks(chunks, true);
    expect(chunks.length).toBeGreaterThan(5);
    expect(4000 - eventsInStretches).toBeLessThan(10 + chunks.length);
  });

  test("are read one by one if there are too many texts", async () => {
    const bytes = interleaved(...inTurns(500, 9, 1).map((item) => [item, 1] as const));
    const quick = await readChunks([bytes], true);
    expect(quick.eventsInStretches).toBe(0);
    expect(quick.report).toEqual((await readChunks([bytes], false)).report);
  });

  test("are read by themselves again after a delta of another form", async () => {
    // A message that goes on by a chunk ends with the next delta of another message: the next chunk begins an item.
    const [other, chunk, message] = [1, 3, 0];
    const { before, delta } = protocols.agUiBoth;
    const first = Array.from({ length: 5 }, () => other);
    const deltas = [message, ...first, chunk, other, other, chunk].map((item, index) =>
      delta(` ${index}`, index, "", item),
    );
    const bytes = Buffer.from(
      [...before, ...deltas].map((fields) => write(protocols.agUiBoth, fields, MANNER)).join(""),
    );
    const quick = await readChunks([bytes], true);
    expect(quick.eventsInStretches).toBeGreaterThan(1);
    expect(quick.report).toEqual((await readChunks([bytes], false)).report);
  });

  test("are known to rules that remember the last one", async () => {
    const texts = inTurns(21, 2, 1).map((index) =>
      chunkOf({
        index,
        delta: { reasoning_content: "hm" },
        finish_reason: null,
        native_finish_reason: ["LEFT", "RIGHT"][index],
      }),
    );
    const end = [0, 1].map((index) => chunkOf({ index, delta: {}, finish_reason: "stop" }));
    const bytes = Buffer.from([...texts, ...end].join(""));
    const quick = await readChunks([bytes], true);
    expect(quick.eventsInStretches).toBeGreaterThan(10);
    expect(quick.report.findings).toContainEqual(expect.objectContaining({ rule: "empty-answer", seen: "LEFT" }));
  });

  test("have the time of their own chunk", async () => {
    const bytes = interleaved(...inTurns(300, 2, 1).map((item) => [item, 1] as const));
    const chunks = cut(bytes, 4000);
    const quick = await readChunks(chunks, true);
    expect(quick.eventsInStretches).toBeGreaterThan(200);
    expect(quick.report.timing).toEqual((await readChunks(chunks, false)).report.timing);
  });
});

describe("a second event like the first", () => {
  test("may have a finding that the first has not, and so may each following one", async () => {
    const bytes = Buffer.from(["a", "b", "c", "d"].map(finishing).join(""));
    const { report, eventsInStretches } = await readChunks([bytes], true);
    expect(report.findingCounts).toMatchObject({ "content-after-finish": 3 });
    expect(eventsInStretches).toBe(0);
  });
});

describe("a later text", () => {
  test("needs no second event if only the ids are new", async () => {
    const bytes = interleaved([0, 40], [1, 40], [2, 40]);
    const quick = await readChunks([bytes], true);
    expect(quick.eventsInStretches).toBe(37 + 38 + 38);
    expect(quick.report).toEqual((await readChunks([bytes], false)).report);
  });

  test("may be sent as the whole text so far, which a rule finds", async () => {
    const start = "data: ";
    const chunk = (index: number, content: string) =>
      `${start}${JSON.stringify({ id: `chatcmpl-${index}`, choices: [{ index, delta: { content }, finish_reason: null }] })}\n\n`;
    const plain = Array.from({ length: 20 }, (_, at) => chunk(0, ` ${at}`));
    const repeated = Array.from({ length: 20 }, (_, at) => chunk(1, "all so far ".repeat(at + 1)));
    const bytes = Buffer.from([...plain, ...repeated].join(""));
    const quick = await readChunks([bytes], true);
    expect(quick.eventsInStretches).toBeGreaterThan(10);
    expect(quick.report.findingCounts["cumulative-deltas"]).toBeGreaterThan(0);
    expect(quick.report).toEqual((await readChunks([bytes], false)).report);
  });
});

describe("waiting texts", () => {
  test("are shown in the same order, however many events of another text arrive in between", async () => {
    for (const counts of [
      [1, 1, 40],
      [3, 5, 100],
      [1, 40, 40],
      [2, 30, 70],
    ]) {
      const [a = 0, b = 0, c = 0] = counts;
      const bytes = interleaved([0, a], [1, b], [2, c], [0, 3], [1, 3], [2, 40]);
      const quick = await readChunks([bytes], true);
      expect(quick.eventsInStretches).toBeGreaterThan(30);
      expect(quick.shown).toBe((await readChunks([bytes], false)).shown);
    }
  });
});

/** Makes a shape whatever is ahead. */
const EAGER = { fewestAhead: 1 };

test("The first shape is made only if enough of the chunk is left.", () => {
  const places = { text: "/delta", number: null, padding: null };
  const event = 'event: delta\ndata: {"delta":"x"}\n\n';
  const found = [4, 40].map((events) => {
    const reader = createStretchReader(() => places);
    const bytes = Buffer.from(event.repeat(events));
    return [1, 2].map((index) => {
      const from = index * event.length;
      reader.note(readingOf(index, '{"delta":"x"}', from - event.length), true);
      return reader.take({ bytes, from, index, line: index * 2 + 1, offset: from })?.events ?? null;
    });
  });
  expect(found).toEqual([
    [null, null],
    [null, 38],
  ]);
});

describe("without WebAssembly with SIMD", () => {
  test("every event is read by itself", () => {
    const places = { text: "/delta", number: null, padding: null };
    for (const [load, isFound] of [[recogniser, true] as const, [() => null, false] as const]) {
      const reader = createStretchReader(() => places, { load, fewestAhead: 1 });
      const written = Buffer.from('event: delta\ndata: {"delta":"x"}\n\n'.repeat(5));
      const size = written.length / 5;
      const found = [1, 2].map((index) => {
        reader.note(readingOf(index, '{"delta":"x"}', (index - 1) * size), true);
        return reader.take({ bytes: written, from: index * size, index, line: index * 2 + 1, offset: index * size });
      });
      expect(found.map((stretch) => stretch?.events ?? null)).toEqual([null, isFound ? 3 : null]);
    }
  });
});

describe("if no events are alike", () => {
  test("fewer and fewer shapes are made", () => {
    let made = 0;
    const reader = createStretchReader(() => {
      made += 1;
      return { text: "/delta", number: null, padding: null };
    }, EAGER);
    const bytes = Buffer.alloc(CHUNK_BYTES);
    for (let index = 0; index < 4000; index += 1) {
      reader.note(readingOf(index, JSON.stringify({ id: index, delta: "x" })), true);
      expect(reader.take({ bytes, from: 0, index, line: index, offset: 0 })).toBeNull();
    }
    expect(made).toBeGreaterThan(5);
    expect(made).toBeLessThan(20);
  });

  test("no shape is made from an event that is followed by one of another name", () => {
    for (const [next, made] of [["done", 0] as const, ["delta", 1] as const]) {
      let asked = 0;
      const reader = createStretchReader(() => {
        asked += 1;
        return { text: "/delta", number: null, padding: null };
      }, EAGER);
      const [first, second] = ["delta", next].map((name) => `event: ${name}\ndata: {"delta":"x"}\n\n`);
      const bytes = Buffer.from(`${first}${second}: filler`);
      const from = first?.length ?? 0;
      reader.note(readingOf(0, '{"delta":"x"}', 0), true);
      expect(reader.take({ bytes, from, index: 1, line: 4, offset: from })).toBeNull();
      expect(asked).toBe(made);
    }
  });

  test("damaged characters at the end of each chunk do not cause repeated reading", async () => {
    const whole = streamOf(5000, plain);
    const chunks = cut(whole, CHUNK_BYTES).map((chunk) => {
      const damaged = Buffer.from(chunk);
      const at = damaged.lastIndexOf('"delta":" ');
      damaged.fill(0xff, at + 9, at + 10);
      return damaged;
    });
    const { report, stretches } = await readChunks(chunks, true);
    expect(report.findingCounts["invalid-utf8"]).toBe(chunks.length);
    expect(stretches).toBeLessThan(chunks.length * 4);
  });
});

/** A chunk of a chat completion with one choice. */
function chunkOf(choice: object): string {
  const chunk = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m", choices: [choice] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** A chunk that finishes, but also has content. */
function finishing(content: string): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: "stop" }];
  return `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", choices })}\n\n`;
}

/** Items of `length` events: `count` of them take turns of one, two … up to `longestRun` events. */
function inTurns(length: number, count: number, longestRun: number): number[] {
  const items: number[] = [];
  for (let turn = 0; items.length < length; turn += 1) {
    for (let left = 1 + (turn % longestRun); left > 0; left -= 1) items.push(turn % count);
  }
  return items.slice(0, length);
}

/** Deltas of items in turn, this many of each. */
function interleaved(...bursts: readonly (readonly [item: number, count: number])[]): Buffer {
  let number = 0;
  const written = bursts.flatMap(([item, count]) =>
    Array.from({ length: count }, () => {
      number += 1;
      const place = { item_id: `msg_${item}`, output_index: item, content_index: 0 };
      return eventOf({
        type: "response.output_text.delta",
        sequence_number: number,
        ...place,
        delta: `${item}.${number} `,
      });
    }),
  );
  return Buffer.from(written.join(""));
}

function readingOf(index: number, data: string, offset = 0): Reading {
  return {
    event: { type: "event", event: "delta", data, lastEventId: "", index, line: 1, offset, length: data.length },
    dialect: generic,
    payload: { type: "object", value: {} },
    eventType: "delta",
    sequenceNumber: null,
    facts: [{ type: "text-delta", response: 0, item: 0, part: 0, text: "x" }],
    foreignDialect: null,
    wrapped: false,
    atMs: null,
    pending: false,
    stray: false,
  };
}
