import { describe, expect, test } from "vitest";
import { createFactWriter, type FactWriter } from "../../../src/dialects/reader/fact-writer.ts";
import type { ItemSnapshot, ResponseSnapshot } from "../../../src/model/facts.ts";

const MESSAGE: ItemSnapshot = { id: "msg_1", type: "message", status: "completed" };

function snapshot(id: string | null): ResponseSnapshot {
  return { id, model: null, status: null, serviceTier: null };
}

/** The facts from a dialect's calls: type, response and text. */
function facts(tell: (writer: FactWriter) => void): unknown[] {
  const writer = createFactWriter();
  tell(writer);
  return writer.take().map((fact) => {
    const words: (string | number | null)[] = [fact.type, "response" in fact ? fact.response : null];
    if ("part" in fact && "text" in fact) words.push(fact.item, fact.part, fact.text);
    if ("late" in fact) words.push("late");
    if ("resumed" in fact) words.push(fact.resumed ? "resumed" : "new");
    return words.join(" ");
  });
}

describe("a response", () => {
  test("begins when it is created", () => {
    expect(facts((writer) => writer.startResponse(snapshot("a")))).toEqual(["response-start 0 new"]);
  });

  test("opens by itself if a capture starts mid-response", () => {
    expect(facts((writer) => writer.delta("text", 0, 0, "x"))).toEqual([
      "response-start 0 resumed",
      "text-delta 0 0 0 x",
    ]);
  });

  test("is the same one if it is created again while it is open", () => {
    const told = facts((writer) => {
      writer.startResponse(snapshot("a"));
      writer.startResponse(snapshot("a"));
    });
    expect(told).toEqual(["response-start 0 new", "response-update 0"]);
  });

  test("with another id is a new one after the end, but the same one before it", () => {
    const told = facts((writer) => {
      writer.startResponse(snapshot("a"));
      writer.updateResponse(snapshot("b"), null);
      writer.endResponse("completed", "completed", null);
      writer.updateResponse(snapshot("c"), null);
    });
    expect(told).toEqual([
      "response-start 0 new",
      "response-update 0",
      "response-end 0",
      "response-start 1 resumed",
      "response-update 1",
    ]);
  });

  test("is not resumed if it is only an error", () => {
    const told = facts((writer) => writer.error({ type: null, code: null, message: "no" }));
    expect(told).toEqual(["response-start 0 new", "error-reported 0"]);
  });
});

describe("a text that comes whole", () => {
  test("is a late delta only if it had no deltas", () => {
    const told = facts((writer) => {
      writer.startItem(0, MESSAGE);
      writer.delta("text", 0, 0, "one");
      writer.end("text", 0, 0, "one");
      writer.end("text", 0, 1, "two");
    });
    expect(told.slice(2)).toEqual([
      "text-delta 0 0 0 one",
      "text-end 0 0 0 one",
      "text-delta 0 0 1 two late",
      "text-end 0 0 1 two",
    ]);
  });

  test("in the finished item is a delta for each part without deltas", () => {
    const told = facts((writer) => {
      writer.startItem(0, MESSAGE);
      writer.delta("text", 0, 0, "one");
      writer.endItem(0, MESSAGE, [
        { kind: "text", part: 0, text: "one" },
        { kind: "text", part: 1, text: "two" },
      ]);
    });
    expect(told.slice(2)).toEqual(["text-delta 0 0 0 one", "text-delta 0 0 1 two late", "item-end 0"]);
  });

  test("ends the parts of an item that began before the capture", () => {
    const told = facts((writer) => {
      writer.delta("text", 0, 0, "e.");
      writer.endItem(0, MESSAGE, [{ kind: "text", part: 0, text: "one." }]);
    });
    expect(told.slice(1)).toEqual(["text-delta 0 0 0 e.", "text-end 0 0 0 one.", "item-end 0"]);
  });

  test("that an event omits adds and removes nothing", () => {
    const told = facts((writer) => {
      writer.delta("text", 0, 0, "hello");
      writer.end("text", 0, 0, null);
    });
    expect(told.slice(1)).toEqual(["text-delta 0 0 0 hello", "text-end 0 0 0 "]);
  });
});

describe("the texts of an item that is stopped as a whole", () => {
  test("end without text, once for each part with deltas", () => {
    const told = facts((writer) => {
      writer.startItem(0, MESSAGE);
      writer.delta("reasoning", 0, 0, "hm");
      writer.delta("text", 0, 0, "one");
      writer.delta("text", 0, 1, "two");
      writer.delta("text", 1, 0, "other");
      writer.end("text", 0, 1, "two");
      writer.endTexts(0);
      writer.endTexts(0);
    });
    expect(told.slice(6)).toEqual(["text-end 0 0 1 two", "reasoning-end 0 0 0 ", "text-end 0 0 0 "]);
  });

  test("end again if they go on after their end", () => {
    const told = facts((writer) => {
      writer.delta("text", 0, 0, "one");
      writer.end("text", 0, 0, null);
      writer.delta("text", 0, 0, "two");
      writer.endTexts(0);
    });
    expect(told.slice(-3)).toEqual(["text-end 0 0 0 ", "text-delta 0 0 0 two", "text-end 0 0 0 "]);
  });

  test("do not end again if they came whole, or belong to another response", () => {
    const told = facts((writer) => {
      writer.endItem(0, MESSAGE, [{ kind: "text", part: 0, text: "whole" }]);
      writer.endTexts(0);
      writer.delta("text", 1, 0, "one");
      writer.endResponse("completed", null, null);
      writer.startResponse(snapshot("b"));
      writer.endTexts(1);
    });
    expect(told.filter((fact) => String(fact).startsWith("text-end"))).toEqual([]);
  });
});

describe("an item without a position", () => {
  test("gets that of its id, and a new id the next free one", () => {
    const writer = createFactWriter();
    writer.startItem(0, MESSAGE);
    expect(writer.itemWithId("other")).toBe(1);
    expect(writer.itemWithId("msg_1")).toBe(0);
    expect(writer.itemWithId("other")).toBe(1);
    expect(writer.lastItem()).toBe(1);
  });
});
