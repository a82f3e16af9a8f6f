import { describe, expect, test } from "vitest";
import { partRules } from "../../../../src/dialects/openai-responses/rules/parts.ts";
import { fixtures } from "../../../support/fixtures.ts";
import {
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  functionCall,
  itemAdded,
  itemDone,
  message,
  partAdded,
  partDone,
  reasoningDelta,
  saying,
  stream,
  streamFrom,
  textDelta,
  textDone,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const call = functionCall("look_up");
const said = saying("hey");

test("Nothing is found in streams that add and end all parts", async () => {
  const clean = fixtures.filter(({ name }) => /^openai-responses\/(?!items-out-of-order)/.test(name));
  expect(clean.length).toBeGreaterThan(35);
  for (const { name, bytes } of clean) expect([name, await found(partRules, bytes)]).toEqual([name, []]);
});

describe("part-not-added", () => {
  test("is found at the first text of an item's parts that were not added, once for each item", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      textDelta("he"),
      textDelta("y"),
      textDone("hey"),
      itemDone(0, said),
      itemAdded(1, { id: "rs_1", type: "reasoning" }),
      reasoningDelta("so", 1),
      itemDone(1, { id: "rs_1", type: "reasoning" }),
      completed(),
    );
    expect(await found(partRules, input)).toEqual([
      "part-not-added at 2: event: response.output_text.delta",
      "part-not-added at 7: event: response.reasoning_summary_text.delta",
    ]);
  });

  test("is found for the second part if only the first was added", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      partAdded(),
      textDelta("hey"),
      textDone("hey"),
      partDone("hey"),
      textDelta("you", 0, 1),
      itemDone(0, said),
      completed(),
    );
    const [finding, ...others] = await findingsOf(partRules, input);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "part-not-added", severity: "warning", event: 6 });
    expect(finding?.message).toBe(
      "response.output_text.delta refers to a part of item 0 (message) that was not added (content_index 1)",
    );
  });

  test("is not found in arguments, which have no parts, or if the part may have begun before the capture", async () => {
    const calling = stream(
      created(),
      itemAdded(0, call),
      argumentsDelta("{}"),
      argumentsDone("{}"),
      itemDone(0, call),
      completed(),
    );
    expect(await found(partRules, calling)).toEqual([]);
    const resumed = streamFrom(5, textDelta("y"), textDone("hey"), partDone("hey"), itemDone(0, said), completed());
    expect(await found(partRules, resumed)).toEqual([]);
  });
});

describe("part-not-done", () => {
  const open = [created(), itemAdded(0, message), partAdded(), textDelta("hey"), textDone("hey")] as const;

  test("is found when the item is done", async () => {
    const [finding, ...others] = await findingsOf(partRules, stream(...open, itemDone(0, said), completed()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "part-not-done", severity: "warning", event: 5 });
    expect(finding?.message).toBe("item 0 (message) is done, but its part at content_index 0 is not");
  });

  test("is not found in an item that was cut", async () => {
    const cut = itemDone(0, { ...said, status: "incomplete" });
    expect(await found(partRules, stream(...open, cut, completed()))).toEqual([]);
  });
});

describe("event-after-done", () => {
  const whole = [
    created(),
    itemAdded(0, message),
    partAdded(),
    textDelta("hey"),
    textDone("hey"),
    partDone("hey"),
    itemDone(0, said),
  ] as const;

  test.each([
    ["its end again", itemDone(0, said), "response.output_item.done"],
    ["a delta", textDelta("!"), "response.output_text.delta"],
    ["a step", { type: "response.web_search_call.completed", output_index: 0 }, "response.web_search_call.completed"],
  ])("is found if a done item is followed by %s", async (_, late, type) => {
    const [finding, ...others] = await findingsOf(partRules, stream(...whole, late, textDelta("?"), completed()));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "event-after-done", severity: "error", event: 7, seen: type });
    expect(finding?.message).toBe(`${type} arrives after item 0 (message) is done`);
  });

  test("is found if more text or another end follows the end of a text", async () => {
    const [start, end] = [whole.slice(0, 5), whole.slice(5)];
    for (const late of [textDelta("!"), textDone("hey")]) {
      const [finding, ...others] = await findingsOf(partRules, stream(...start, late, ...end, completed()));
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ rule: "event-after-done", event: 5, seen: late.type });
      expect(finding?.message).toBe(`${late.type} arrives after the text of item 0 is done`);
    }
  });

  test("is not found if another item at that place was done in the previous response", async () => {
    const input = stream(...whole, completed());
    expect(await found(partRules, input + input)).toEqual([]);
  });
});
