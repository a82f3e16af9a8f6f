import { describe, expect, test } from "vitest";
import { statusRules } from "../../../../src/dialects/openai-responses/rules/statuses.ts";
import {
  answer,
  completed,
  created,
  failed,
  functionCall,
  incomplete,
  itemAdded,
  itemDone,
  message,
  stream,
  streamFrom,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const call = functionCall("look_up");

test("Nothing is found if each event has its status", async () => {
  const ends = [completed(), incomplete("max_output_tokens"), failed({ code: "x", message: "y" })];
  const streams = ends.map((end, index) => stream(created({ id: `resp_${index}` }), end));
  expect(await found(statusRules, answer("hey") + streams.join(""))).toEqual([]);
});

describe("status-mismatch", () => {
  test.each([
    ["response.completed", "incomplete", "completed"],
    ["response.completed", "in_progress", "completed"],
    ["response.incomplete", "completed", "incomplete"],
    ["response.failed", "completed", "failed"],
  ])("is found if %s has the status %s", async (type, status, expected) => {
    const input = stream(created(), { type, response: { id: "resp_1", status } });
    expect(await found(statusRules, input)).toEqual([`status-mismatch at 1: event: ${type}`]);
    const difference = { severity: "error", expected, seen: status };
    expect(await findingsOf(statusRules, input, "lenient")).toMatchObject([difference]);
  });

  test("is not found if the status is missing, or cancelled, which has no event", async () => {
    for (const status of [undefined, null, "cancelled"]) {
      expect(await found(statusRules, stream(created(), completed({ status })))).toEqual([]);
    }
  });
});

describe("item-status-mismatch", () => {
  test("is found if an item is done and in progress", async () => {
    const input = stream(created(), itemAdded(0, call), itemDone(0, { ...call, status: "in_progress" }), completed());
    expect(await found(statusRules, input)).toEqual(["item-status-mismatch at 2: event: response.output_item.done"]);
    const [finding] = await findingsOf(statusRules, input);
    expect(finding).toMatchObject({ severity: "warning", expected: "completed", seen: "in_progress" });
    expect(finding?.message).toContain("item 0 (function_call)");
    expect(await findingsOf(statusRules, input, "open-responses")).toMatchObject([{ severity: "error" }]);
    expect(await findingsOf(statusRules, input, "lenient")).toMatchObject([{ severity: "info" }]);
  });

  test("is found once if an item in the output of a completed response is in progress", async () => {
    const waiting = { ...call, status: "in_progress" };
    const begun = [created(), itemAdded(0, call)];
    const input = stream(...begun, itemDone(0, call), completed({ output: [waiting] }));
    expect(await found(statusRules, input)).toEqual(["item-status-mismatch at 3: event: response.completed"]);
    const [finding] = await findingsOf(statusRules, input);
    expect(finding?.message).toBe(
      "the response is completed with item 0 (function_call), but its status is in_progress",
    );
    const already = stream(...begun, itemDone(0, waiting), completed({ output: [waiting] }));
    expect(await found(statusRules, already)).toEqual(["item-status-mismatch at 2: event: response.output_item.done"]);
    const byProgram = { ...waiting, caller: { type: "program" } };
    expect(await found(statusRules, stream(...begun, itemDone(0, call), completed({ output: [byProgram] })))).toEqual(
      [],
    );
  });

  test("is found at the item if it is incomplete and the response completed", async () => {
    const cut = [created(), itemAdded(0, message), itemDone(0, { ...message, status: "incomplete" })];
    expect(await found(statusRules, stream(...cut, completed()))).toEqual([
      "item-status-mismatch at 2: event: response.output_item.done",
    ]);
    expect(await found(statusRules, stream(...cut, incomplete("max_output_tokens")))).toEqual([]);
    expect(await found(statusRules, stream(...cut))).toEqual([]);
    // An item of the previous response does not count.
    expect(await found(statusRules, stream(...cut) + stream(created({ id: "resp_2" }), completed()))).toEqual([]);
  });

  test("is not found in a call by a program, which is in progress until it gets its result", async () => {
    const byProgram = { ...call, status: "in_progress", caller: { type: "program", caller_id: "call_1" } };
    expect(
      await found(statusRules, stream(created(), itemAdded(0, call), itemDone(0, byProgram), completed())),
    ).toEqual([]);
  });

  test("is not found if an item has no status, or one specific to a hosted tool", async () => {
    const { status: _, ...none } = { ...call, status: "x" };
    for (const item of [
      { ...none, status: undefined },
      { id: "ws_1", type: "web_search_call", status: "searching" },
    ]) {
      expect(await found(statusRules, stream(created(), itemAdded(0, item), itemDone(0, item), completed()))).toEqual(
        [],
      );
    }
  });

  test("is found in a resumed stream, too", async () => {
    const input = streamFrom(7, itemDone(0, { ...call, status: "in_progress" }), completed());
    expect(await found(statusRules, input)).toHaveLength(1);
  });
});
