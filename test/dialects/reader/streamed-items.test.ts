import { describe, expect, test } from "vitest";
import { createFactWriter } from "../../../src/dialects/reader/fact-writer.ts";
import { finish } from "../../../src/dialects/reader/finish.ts";
import { createStreamedItems, type StreamedItems } from "../../../src/dialects/reader/streamed-items.ts";
import type { ItemSnapshot } from "../../../src/model/facts.ts";

const MESSAGE: ItemSnapshot = { id: null, type: "message", status: null };

/** The facts of calls, each as its type and item. */
function told(tell: (items: StreamedItems, begin: () => void) => void): string[] {
  const writer = createFactWriter();
  const begin = (): void => writer.startResponse({ id: null, model: null, status: null, serviceTier: null });
  begin();
  writer.take();
  tell(createStreamedItems(writer), begin);
  return writer.take().map((fact) => ("item" in fact ? `${fact.type} ${fact.item}` : fact.type));
}

function open(items: StreamedItems, key: string): void {
  items.open(key, "text", () => MESSAGE);
}

describe("An item with a running text", () => {
  test("gives its deltas, the end of its text, and its own end", () => {
    const facts = told((items) => {
      open(items, "a");
      items.append("a", "x");
      items.append("a", "y");
      items.end("a");
    });
    expect(facts).toEqual(["item-start 0", "text-delta 0", "text-delta 0", "text-end 0", "item-end 0"]);
  });

  test("has no end of a text if it had no text", () => {
    const facts = told((items) => {
      open(items, "a");
      items.append("a", "");
      items.end("a");
    });
    expect(facts).toEqual(["item-start 0", "item-end 0"]);
  });

  test("ends its text once, and continues after it", () => {
    const facts = told((items) => {
      open(items, "a");
      items.append("a", "x");
      items.endText("a");
      items.end("a", {}, [{ kind: "tool-output", part: 0, text: "z" }]);
    });
    expect(facts).toEqual(["item-start 0", "text-delta 0", "text-end 0", "tool-output-delta 0", "item-end 0"]);
  });

  test("has no end of its text if it was cut", () => {
    const facts = told((items) => {
      open(items, "a");
      items.append("a", "x");
      items.endAll({ cut: true });
    });
    expect(facts).toEqual(["item-start 0", "text-delta 0", "item-end 0"]);
  });

  test("is a new one if its key is used again, in the same response or another one", () => {
    const facts = told((items, begin) => {
      open(items, "a");
      items.end("a");
      open(items, "a");
      items.append("a", "x");
      begin();
      expect(items.find("a")).toBe(null);
      expect(items.hasText("a")).toBe(false);
      items.append("a", "lost");
      open(items, "a");
      items.end("a");
    });
    expect(facts).toEqual([
      "item-start 0",
      "item-end 0",
      "item-start 1",
      "text-delta 1",
      "response-start",
      "item-start 0",
      "item-end 0",
    ]);
  });

  test("stays open when all others end", () => {
    const facts = told((items) => {
      open(items, "a");
      open(items, "b");
      open(items, "c");
      items.endAll({ except: "b" });
    });
    expect(facts).toEqual(["item-start 0", "item-start 1", "item-start 2", "item-end 0", "item-end 2"]);
  });
});

test("The word that ends a response is its status, and its reason if it is not complete", () => {
  const writer = createFactWriter();
  finish(writer, "completed", "stop");
  finish(writer, "incomplete", "length");
  expect(writer.take().filter(({ type }) => type === "response-end")).toMatchObject([
    { outcome: "completed", status: "stop", reason: null },
    { outcome: "incomplete", status: "length", reason: "length" },
  ]);
});
