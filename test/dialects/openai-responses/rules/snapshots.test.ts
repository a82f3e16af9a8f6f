import { describe, expect, test } from "vitest";
import { snapshotRules } from "../../../../src/dialects/openai-responses/rules/snapshots.ts";
import { fixtureNamed, fixtures } from "../../../support/fixtures.ts";
import {
  answer,
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  functionCall,
  incomplete,
  itemAdded,
  itemDone,
  message,
  partDone,
  reasoningDelta,
  refusalDelta,
  saying,
  stream,
  streamFrom,
  textDelta,
  textDone,
  textPart,
} from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

const call = { ...functionCall("look_up"), arguments: "{}" };
const reasoning = { id: "rs_1", type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }] };
const begun = [created(), itemAdded(0, message), textDelta("hey")];

test("Nothing is found in streams whose snapshots match the deltas", async () => {
  expect(await found(snapshotRules, answer("one", "two") + answer("three"))).toEqual([]);
  const ofThisDialect = fixtures.filter(({ name }) => name.startsWith("openai-responses/"));
  expect(ofThisDialect.length).toBeGreaterThan(30);
  for (const { name, bytes } of ofThisDialect) {
    // Its third item is only in the terminal event.
    if (name.endsWith("/only-item-done.sse")) continue;
    expect([name, await found(snapshotRules, bytes)]).toEqual([name, []]);
  }
});

describe("part-mismatch", () => {
  test("is found if the end of a part has another text", async () => {
    const input = stream(...begun, textDone("hey"), partDone("hay"), completed({ output: [saying("hey")] }));
    expect(await found(snapshotRules, input)).toEqual(["part-mismatch at 4: event: response.content_part.done"]);
    const [finding] = await findingsOf(snapshotRules, input, "lenient");
    expect(finding).toMatchObject({ severity: "error", expected: "hey", seen: "hay" });
    expect(finding?.message).toMatch(/the text of item 0 differs in .*, from character 1 on: .*3 characters each/);
  });

  test("is found if the end of an item has another text, or lacks one", async () => {
    for (const said of [saying("hey you"), { ...message, content: [] }, message]) {
      const input = stream(...begun, textDone("hey"), itemDone(0, said), completed({ output: [saying("hey")] }));
      expect(await found(snapshotRules, input)).toEqual(["part-mismatch at 4: event: response.output_item.done"]);
    }
  });

  test("is found in refusals, summaries, arguments and every part", async () => {
    const input = stream(
      created(),
      itemAdded(0, reasoning),
      reasoningDelta("Hm!"),
      itemDone(0, reasoning),
      itemAdded(1, message),
      refusalDelta("No!", 1),
      itemDone(1, { ...message, content: [{ type: "refusal", refusal: "No." }] }),
      itemAdded(2, call),
      argumentsDelta('{"a":1}', 2),
      itemDone(2, call),
      itemAdded(3, message),
      textDelta("a", 3),
      textDelta("b", 3, 1),
      itemDone(3, { ...message, content: [textPart("a"), textPart("c")] }),
    );
    const findings = await findingsOf(snapshotRules, input);
    expect(findings.map(({ event, expected, seen }) => [event, expected, seen])).toEqual([
      [3, "Hm!", "Hm."],
      [6, "No!", "No."],
      [9, '{"a":1}', "{}"],
      [13, "b", "c"],
    ]);
  });

  test("is found once for a part, although the item repeats it", async () => {
    const end = [partDone("hay"), itemDone(0, saying("hay")), completed({ output: [saying("hay")] })];
    expect(await found(snapshotRules, stream(...begun, textDone("hey"), ...end))).toHaveLength(1);
  });

  test("is not found if the deltas differ from the done event, which is another finding", async () => {
    const end = [textDone("hay"), partDone("hay"), itemDone(0, saying("hay")), completed({ output: [saying("hay")] })];
    expect(await found(snapshotRules, stream(...begun, ...end))).toEqual([]);
  });

  test("is not found if an item omits optional texts: reasoning, or a call's input", async () => {
    const input = stream(
      created(),
      itemAdded(0, { id: "rs_1", type: "reasoning" }),
      reasoningDelta("Hm."),
      itemDone(0, { id: "rs_1", type: "reasoning" }),
      itemAdded(1, call),
      argumentsDelta("{}", 1),
      argumentsDone("{}", 1),
      itemDone(1, functionCall("look_up")),
      completed({ output: [{ id: "rs_1", type: "reasoning" }, functionCall("look_up")] }),
    );
    expect(await found(snapshotRules, input)).toEqual([]);
  });

  test("is not found in an item that began before the capture, or that shares its position", async () => {
    expect(await found(snapshotRules, streamFrom(7, textDelta("y"), partDone("hey"), completed()))).toEqual([]);
    const one = [itemAdded(0, message), textDelta("a"), itemDone(0, saying("a"))];
    expect(await found(snapshotRules, stream(created(), ...one, ...one, completed()))).toEqual([]);
  });
});

describe("terminal-output-empty", () => {
  test("is found if items were streamed, but the output is empty or missing", async () => {
    for (const response of [{ output: [] }, { output: undefined }]) {
      const input = stream(...begun, itemDone(0, saying("hey")), completed(response));
      expect(await found(snapshotRules, input)).toEqual(["terminal-output-empty at 4: event: response.completed"]);
      expect(await findingsOf(snapshotRules, input)).toMatchObject([{ severity: "warning", expected: "1", seen: "0" }]);
    }
  });

  test("is found in a resumed stream, too", async () => {
    const input = streamFrom(7, textDelta("hey"), itemDone(0, saying("hey")), completed());
    expect(await found(snapshotRules, input)).toEqual(["terminal-output-empty at 2: event: response.completed"]);
  });

  test("is not found if nothing was streamed, or the response was cut", async () => {
    expect(await found(snapshotRules, stream(created(), completed()))).toEqual([]);
    expect(await found(snapshotRules, stream(...begun, incomplete("max_output_tokens")))).toEqual([]);
  });
});

describe("terminal-output-mismatch", () => {
  const two = [...begun, itemDone(0, saying("hey")), itemAdded(1, call), argumentsDelta("{}", 1), itemDone(1, call)];

  test("is found if the output has fewer items, or more", async () => {
    for (const [output, seen] of [
      [[call], "1"],
      [[saying("hey"), call, call], "3"],
    ] as const) {
      const input = stream(...two, completed({ output }));
      expect(await found(snapshotRules, input)).toEqual(["terminal-output-mismatch at 7: event: response.completed"]);
      expect(await findingsOf(snapshotRules, input)).toMatchObject([{ severity: "error", expected: "2", seen }]);
    }
  });

  test("is found if the items are in another order", async () => {
    const input = stream(...two, completed({ output: [call, saying("hey")] }));
    const findings = await findingsOf(snapshotRules, input);
    expect(findings).toMatchObject([{ rule: "terminal-output-mismatch", event: 7, expected: "0", seen: "1" }]);
    expect(findings[0]?.message).toContain("item 0 (message) after item 1");
  });

  test("is found if an item has another type", async () => {
    const input = stream(...two, completed({ output: [saying("hey"), { ...call, type: "custom_tool_call" }] }));
    const difference = { expected: "function_call", seen: "custom_tool_call" };
    expect(await findingsOf(snapshotRules, input)).toMatchObject([{ event: 7, ...difference }]);
  });

  test("is found if a call has another id or tool than when it was done", async () => {
    for (const [changed, expected, seen] of [
      [{ call_id: "call_2" }, "call_look_up", "call_2"],
      [{ name: "look_on" }, "look_up", "look_on"],
    ] as const) {
      const input = stream(...two, completed({ output: [saying("hey"), { ...call, ...changed }] }));
      expect(await findingsOf(snapshotRules, input)).toMatchObject([
        { rule: "terminal-output-mismatch", event: 7, expected, seen },
      ]);
    }
    // The last values count; a difference from the first ones is another finding.
    const done = { ...call, call_id: "call_2" };
    const changing = [...begun, itemDone(0, saying("hey")), itemAdded(1, call), itemDone(1, done)];
    expect(await found(snapshotRules, stream(...changing, completed({ output: [saying("hey"), done] })))).toEqual([]);
  });

  test("is found once for each text that differs", async () => {
    const output = [saying("hay"), { ...call, arguments: '{"a":1}' }];
    const input = stream(...two, completed({ output }));
    expect(await findingsOf(snapshotRules, input)).toMatchObject([
      { rule: "terminal-output-mismatch", event: 7, expected: "hey", seen: "hay" },
      { rule: "terminal-output-mismatch", event: 7, expected: "{}", seen: '{"a":1}' },
    ]);
  });

  test("is found by the place in the output if the ids differ", async () => {
    const output = [
      { ...saying("hay"), id: "other" },
      { ...call, id: "another" },
    ];
    const input = stream(...two, completed({ output }));
    expect(await findingsOf(snapshotRules, input)).toMatchObject([{ expected: "hey", seen: "hay" }]);
  });

  test("is not found if a resumed response has items from before the capture", async () => {
    const rest = [itemAdded(2, message), textDelta("a", 2), textDone("a", 2), itemDone(2, saying("a"))];
    const output = [{ ...saying("x"), id: "before" }, call, { ...saying("a"), id: "other" }];
    expect(await found(snapshotRules, streamFrom(7, ...rest, completed({ output })))).toEqual([]);
  });

  test("is found in a resumed response if an item that begins in the capture has another text", async () => {
    const rest = [itemAdded(2, message), textDelta("a", 2), itemDone(2, saying("a"))];
    const output = [{ ...saying("x"), id: "before" }, call, { ...saying("b"), id: "other" }];
    const input = streamFrom(7, ...rest, completed({ output }));
    expect(await findingsOf(snapshotRules, input)).toMatchObject([{ event: 3, expected: "a", seen: "b" }]);
  });

  test("is not found if two items have the same id, because their places identify them", async () => {
    const input = stream(
      ...begun,
      itemDone(0, saying("hey")),
      itemAdded(1, message),
      textDelta("you", 1),
      itemDone(1, saying("you")),
      completed({ output: [saying("hey"), saying("you")] }),
    );
    expect(await found(snapshotRules, input)).toEqual([]);
  });

  test("is not found if positions were skipped, because the order is the same", async () => {
    const input = stream(
      ...begun,
      itemDone(0, saying("hey")),
      itemAdded(2, call),
      itemDone(2, call),
      completed({ output: [saying("hey"), call] }),
    );
    expect(await found(snapshotRules, input)).toEqual([]);
  });

  test("is not found in a response that was cut", async () => {
    expect(await found(snapshotRules, stream(...two, incomplete("max_output_tokens")))).toEqual([]);
  });
});

test("audio is not expected in the output, because it is not an item there", async () => {
  expect(await found(snapshotRules, fixtureNamed("openai-responses/audio.sse").bytes)).toEqual([]);
});
