import { describe, expect, test } from "vitest";
import { itemRules } from "../../../../src/dialects/openai-responses/rules/items.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  failed,
  functionCall,
  incomplete,
  inProgress,
  itemAdded,
  itemDone,
  message,
  saying,
  stream,
  streamFrom,
  textDelta,
  textDone,
  type Payload,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const call = functionCall("look_up");

/** The same event with the id of its item. */
function of(id: string, payload: Payload): Payload {
  return { ...payload, item_id: id };
}

test("Nothing is found in responses, even if items are interleaved, several or without text", async () => {
  const interleaved = stream(
    created(),
    itemAdded(0, message),
    itemAdded(1, call),
    of("call_look_up", { type: "response.function_call_arguments.delta", output_index: 1, delta: "{" }),
    of("msg_1", textDelta("hey")),
    itemDone(1, call),
    itemDone(0, message),
    completed({ output: [message, call] }),
  );
  expect(await found(itemRules, interleaved + answer("one") + answer("two"))).toEqual([]);
  for (const name of [
    "reasoning-summary.sse",
    "refusal.sse",
    "audio.sse",
    "text-lines.ndjson",
    "no-output-index.sse",
  ]) {
    expect(await found(itemRules, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  }
});

describe("item-not-added", () => {
  test("is found at the first event of an item that was not added, once for each item", async () => {
    const input = stream(
      created(),
      of("msg_1", textDelta("hey")),
      of("msg_1", textDelta(" you")),
      itemDone(0, message),
      itemDone(1, call),
      completed(),
    );
    expect(await found(itemRules, input)).toEqual([
      "item-not-added at 1: event: response.output_text.delta",
      "item-not-added at 4: event: response.output_item.done",
    ]);
    const [finding] = await findingsOf(itemRules, input);
    expect(finding).toMatchObject({ severity: "error", expected: "response.output_item.added" });
    expect(finding?.message).toMatch(/output_text\.delta .*item 0 \(msg_1\)/);
    expect(await findingsOf(itemRules, input, "lenient")).toMatchObject([
      { severity: "warning" },
      { severity: "warning" },
    ]);
  });

  test("is found again in another response", async () => {
    const once = stream(created(), textDelta("hey"), completed());
    expect(await found(itemRules, once + once)).toHaveLength(2);
  });

  test("is not found in a resumed stream for items that began before", async () => {
    const rest = [itemAdded(1, message), textDelta("x", 1), itemDone(1, message), completed()];
    expect(await found(itemRules, streamFrom(7, textDelta("hey"), itemDone(0, message), ...rest))).toEqual([]);
  });

  test("is found in a resumed stream for an item after those that begin there", async () => {
    const input = streamFrom(7, textDelta("hey"), itemAdded(1, message), textDelta("x", 2));
    expect(await found(itemRules, input)).toEqual(["item-not-added at 2: event: response.output_text.delta"]);
  });

  test("is not found at an event of an unknown type, or after the response", async () => {
    const unknown = { type: "response.of_the_future", output_index: 3, item_id: "x" };
    expect(await found(itemRules, stream(created(), unknown, completed(), textDelta("late")))).toEqual([]);
  });

  test("is not found if the response began twice, because its items are unknown", async () => {
    const input = stream(created(), itemAdded(0, message), created(), textDelta("x", 1), completed());
    expect(await found(itemRules, input)).toEqual([]);
  });
});

describe("item-not-done", () => {
  test("is found at the terminal event, once for each item", async () => {
    const other = functionCall("look_on");
    const input = stream(created(), itemAdded(0, message), itemAdded(1, call), itemAdded(2, other), itemDone(1, call));
    const output = [message, call, other];
    const whole = input + streamFrom(5, completed({ output }));
    expect(await found(itemRules, whole)).toEqual([
      "item-not-done at 5: event: response.completed",
      "item-not-done at 5: event: response.completed",
    ]);
    const findings = await findingsOf(itemRules, whole);
    expect(findings.map(({ severity, message }) => [severity, /item \d \(\w+\)/.exec(message)?.[0]])).toEqual([
      ["warning", "item 0 (message)"],
      ["warning", "item 2 (function_call)"],
    ]);
    // The input is truncated, which is reported instead.
    expect(await found(itemRules, input)).toEqual([]);
  });

  test.each([
    ["cut", [incomplete("max_output_tokens")]],
    ["failed", [failed({ code: "x", message: "y" })]],
    ["cancelled", [inProgress({ status: "cancelled" })]],
    ["broken off by an error", [errorEvent("x", "y")]],
  ])("is not found if the response is %s", async (_, end) => {
    expect(await found(itemRules, stream(created(), itemAdded(0, message), ...end))).toEqual([]);
  });
});

describe("item-id-changed", () => {
  test("is found once for an item, at the first event that has another id, and lists the ids", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      of("msg_1", textDelta("a")),
      of("msg_2", textDelta("b")),
      of("msg_2", textDelta("c")),
      of("msg_3", textDone("abc")),
      itemDone(0, { ...saying("abc"), id: "msg_4" }),
      completed({ output: [{ ...saying("abc"), id: "msg_5" }] }),
    );
    expect(await found(itemRules, input)).toEqual(["item-id-changed at 3: event: response.output_text.delta"]);
    const [finding] = await findingsOf(itemRules, input);
    expect(finding).toMatchObject({ severity: "error", expected: "msg_1", seen: "msg_2" });
    expect(finding?.message).toBe(
      "item 0 (message) was added as msg_1, and 5 events had another id: msg_2 in response.output_text.delta, msg_3 in response.output_text.done, msg_4 in response.output_item.done …",
    );
    expect(await findingsOf(itemRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("is found if only the terminal event has another id", async () => {
    const begun = [created(), itemAdded(0, message), itemDone(0, saying("a"))];
    const input = stream(...begun, completed({ output: [{ ...saying("a"), id: "msg_2" }] }));
    expect(await found(itemRules, input)).toEqual(["item-id-changed at 3: event: response.completed"]);
    // An item of another type, or an additional one, is another item: the output does not match at all.
    for (const output of [[{ ...call, id: "x" }], [{ id: "x", type: "message" }, call]]) {
      expect(await found(itemRules, stream(...begun, completed({ output })))).toEqual([]);
    }
  });

  test("is found in a cut stream, or if another response follows", async () => {
    const cut = stream(created(), itemAdded(0, message), of("msg_2", textDelta("a")));
    expect(await found(itemRules, cut)).toEqual(["item-id-changed at 2: event: response.output_text.delta"]);
    const other = stream(created({ id: "resp_2" }), completed({ id: "resp_2" }));
    expect(await found(itemRules, cut + other)).toEqual(["item-id-changed at 2: event: response.output_text.delta"]);
  });

  test("is sorted by its place among the findings, although it is found later", async () => {
    const input = stream(created(), itemAdded(0, message), of("msg_2", textDelta("a")), textDelta("b", 1), completed());
    const findings = await findingsOf(itemRules, input);
    expect(findings.map(({ rule, event }) => [rule, event])).toEqual([
      ["item-id-changed", 2],
      ["item-not-added", 3],
      ["item-not-done", 4],
    ]);
  });

  test("is not found if events or items have no id, or began before the capture", async () => {
    const unnamed = { type: "message" };
    const input = stream(
      created(),
      itemAdded(0, unnamed),
      of("msg_2", textDelta("a")),
      itemDone(0, message),
      itemAdded(1, message),
      textDelta("a", 1),
      itemDone(1, unnamed),
      completed({ output: [message, message] }),
    );
    expect(await found(itemRules, input)).toEqual([]);
    expect(await found(itemRules, streamFrom(7, of("msg_2", textDelta("a")), itemDone(0, message)))).toEqual([]);
  });

  test("is not found if two items share a position, which is another finding", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      itemAdded(0, { ...message, id: "msg_2" }),
      of("msg_2", textDelta("a")),
      of("msg_1", textDelta("a")),
      completed(),
    );
    expect(await found(itemRules, input)).toEqual([]);
  });
});

test("[DONE] and unreadable data are not events of items", async () => {
  const input = stream(created(), itemAdded(0, message)) + data("[DONE]") + data('{"item_id":') + data("[1]");
  expect(await found(itemRules, input)).toEqual([]);
});

describe("item-id-repeated", () => {
  test("is found if an item is added with the id of another one, but not in the next response", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      itemAdded(1, { ...call, id: "msg_1" }),
      itemDone(0, saying("")),
      itemDone(1, { ...call, id: "msg_1" }),
      completed({ output: [saying(""), { ...call, id: "msg_1" }] }),
    );
    const [finding, ...others] = await findingsOf(itemRules, input);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "item-id-repeated", severity: "error", event: 2, seen: "msg_1" });
    expect(finding?.message).toBe("item 1 (function_call) is added with the id of item 0: msg_1");
    expect(await found(itemRules, answer("one") + answer("two"))).toEqual([]);
  });

  test("is not found in items without an id", async () => {
    const bare = { type: "message" };
    const input = stream(created(), itemAdded(0, bare), itemAdded(1, bare), itemDone(0, bare), itemDone(1, bare));
    expect(await found(itemRules, input)).toEqual([]);
  });
});

describe("item-changed", () => {
  test.each([
    ["another type", { ...call, type: "custom_tool_call" }, "function_call", "custom_tool_call"],
    ["another tool", { ...call, name: "look_on" }, "look_up", "look_on"],
  ])("is found if an item is done with %s", async (_, done, expected, seen) => {
    const input = stream(created(), itemAdded(0, call), itemDone(0, done), completed({ output: [done] }));
    expect(await findingsOf(itemRules, input)).toEqual([
      expect.objectContaining({ rule: "item-changed", severity: "error", event: 2, expected, seen }),
    ]);
  });

  test("is not found if a call has its name only when it is done", async () => {
    for (const name of [undefined, ""]) {
      const input = stream(
        created(),
        itemAdded(0, { ...call, name }),
        itemDone(0, call),
        completed({ output: [call] }),
      );
      expect(await found(itemRules, input)).toEqual([]);
    }
  });
});
