import { describe, expect, test } from "vitest";
import { textRules } from "../../../src/rules/general/texts.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import {
  answer,
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  failed,
  functionCall,
  incomplete,
  itemAdded,
  itemDone,
  message,
  reasoningDelta,
  refusalDelta,
  saying,
  stream,
  streamFrom,
  textDelta,
  textDone,
} from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

const call = functionCall("look_up");

test("Nothing is found if deltas and ends agree, with interleaved items, in NDJSON, or in several responses", async () => {
  const interleaved = stream(
    created(),
    itemAdded(0, message),
    itemAdded(1, call),
    textDelta("a"),
    argumentsDelta("{", 1),
    textDelta("b"),
    textDelta("c", 0, 1),
    argumentsDelta("}", 1),
    textDone("c", 0, 1),
    argumentsDone("{}", 1),
    itemDone(1, { ...call, arguments: "{}" }),
    textDone("ab"),
    itemDone(0, message),
    completed(),
  );
  expect(await found(textRules, interleaved + interleaved + answer("one", "two"))).toEqual([]);
  for (const name of [
    "audio.sse",
    "code-interpreter.sse",
    "ids-rotate.sse",
    "mcp.sse",
    "no-output-index.sse",
    "reasoning-summary.sse",
    "reasoning-text.sse",
    "refusal.sse",
    "resumed.sse",
    "resumed-in-second-part.sse",
    "shell.sse",
    "text-lines.ndjson",
    "web-search.sse",
  ]) {
    expect(await found(textRules, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  }
});

describe("delta-without-done", () => {
  const begun = [created(), itemAdded(0, message), textDelta("a"), textDelta("b", 0, 1), textDone("b", 0, 1)];

  test("is found once for a part, when the item is done", async () => {
    const input = stream(...begun, itemDone(0, message), completed());
    expect(await found(textRules, input)).toEqual(["delta-without-done at 5: event: response.output_item.done"]);
    const [finding] = await findingsOf(textRules, input);
    expect(finding).toMatchObject({ severity: "error", expected: "the end of the text of item 0" });
    expect(finding?.message).toMatch(/the text of item 0 had deltas, .*output_item\.done/);
    expect(await findingsOf(textRules, input, "lenient")).toMatchObject([{ severity: "info" }]);
  });

  test("is found if the response is completed, although no item is done", async () => {
    const input = stream(...begun, completed());
    expect(await found(textRules, input)).toEqual(["delta-without-done at 5: event: response.completed"]);
  });

  test("is found for each kind of text", async () => {
    const reasoning = { id: "rs_1", type: "reasoning" };
    const input = stream(
      created(),
      itemAdded(0, reasoning),
      reasoningDelta("a"),
      itemDone(0, reasoning),
      itemAdded(1, message),
      refusalDelta("a", 1),
      itemDone(1, message),
      itemAdded(2, call),
      argumentsDelta("{}", 2),
      itemDone(2, call),
      completed(),
    );
    const findings = await findingsOf(textRules, input);
    expect(findings.map(({ event, message }) => [event, message.split(" had ")[0]])).toEqual([
      [3, "the reasoning summary of item 0"],
      [6, "the refusal of item 1"],
      [9, "the input of item 2"],
    ]);
  });

  test.each([
    ["truncated", []],
    ["cut", [incomplete("max_output_tokens")]],
    ["cut, as its item says", [itemDone(0, { ...message, status: "incomplete" }), incomplete("max_output_tokens")]],
    ["failed", [failed({ code: "x", message: "y" })]],
  ])("is not found in a stream that is %s", async (_, end) => {
    expect(await found(textRules, stream(...begun, ...end))).toEqual([]);
  });

  test("is not found in an item that began before the capture", async () => {
    expect(await found(textRules, streamFrom(7, textDelta("a"), itemDone(0, message), completed()))).toEqual([]);
  });
});

describe("done-without-delta", () => {
  test("is found at the event that has the whole text", async () => {
    const input = stream(
      created(),
      itemAdded(0, message),
      textDone("hey"),
      itemDone(0, saying("hey")),
      itemAdded(1, call),
      argumentsDone("{}", 1),
      itemDone(1, { ...call, arguments: "{}" }),
      completed(),
    );
    expect(await found(textRules, input)).toEqual([
      "done-without-delta at 2: event: response.output_text.done",
      "done-without-delta at 5: event: response.function_call_arguments.done",
    ]);
    const [finding] = await findingsOf(textRules, input);
    expect(finding).toMatchObject({ severity: "warning", expected: "deltas", seen: null });
    expect(finding?.message).toMatch(/the text of item 0 .*response\.output_text\.done \(3 characters\)/);
  });

  test("is found if only the item's end has the text", async () => {
    const input = stream(created(), itemAdded(0, message), itemDone(0, saying("hey")), completed());
    expect(await found(textRules, input)).toEqual(["done-without-delta at 2: event: response.output_item.done"]);
  });

  test("is not found if the text is empty, or a tool's result, which is not streamed", async () => {
    const output = { id: "x", type: "function_call_output", output: "42" };
    const input = stream(
      created(),
      itemAdded(0, message),
      textDone(""),
      itemDone(0, saying("")),
      itemAdded(1, output),
      itemDone(1, output),
      completed(),
    );
    expect(await found(textRules, input)).toEqual([]);
  });

  test("is not found if the deltas may be before the start of the capture", async () => {
    expect(await found(textRules, streamFrom(7, textDone("hey"), itemDone(0, saying("hey")), completed()))).toEqual([]);
  });
});

describe("delta-mismatch", () => {
  test("is found at the done event, with the place where the texts differ and an excerpt of each", async () => {
    const input = stream(created(), itemAdded(0, message), textDelta("The ferry leaves"), textDelta(" nine."));
    const whole = input + streamFrom(4, textDone("The ferry leaves at nine."), completed());
    expect(await found(textRules, whole)).toEqual(["delta-mismatch at 4: event: response.output_text.done"]);
    const [finding] = await findingsOf(textRules, whole, "lenient");
    expect(finding).toMatchObject({
      severity: "error",
      expected: "…erry leaves at nine.",
      seen: "…erry leaves nine.",
    });
    expect(finding?.message).toMatch(/character 17 on: .*\(3 characters shorter\)$/);
    expect(finding?.message).toContain("the text of item 0");
  });

  test("is found once in each part", async () => {
    const begun = [created(), itemAdded(0, message), textDelta("a"), textDelta("b", 0, 1), textDone("x")];
    const input = stream(...begun, textDone("x"), textDone("y", 0, 1), completed());
    const findings = await findingsOf(textRules, input);
    expect(findings.map(({ event, seen }) => [event, seen])).toEqual([
      [4, "a"],
      [6, "b"],
    ]);
    expect(findings[1]?.message).toContain("the text of item 0, part 1");
  });

  test("is found if there were deltas but the stated text is empty", async () => {
    const input = stream(created(), itemAdded(0, message), textDelta("a"), textDone(""), completed());
    expect(await findingsOf(textRules, input)).toMatchObject([{ rule: "delta-mismatch", expected: "", seen: "a" }]);
  });

  test("is not found if two items share a position: another rule finds that", async () => {
    const one = [itemAdded(0, message), textDelta("a"), textDone("a"), itemDone(0, saying("a"))];
    expect(await found(textRules, stream(created(), ...one, ...one, completed()))).toEqual([]);
  });

  test("is not found if the response began a second time: another rule finds that", async () => {
    const one = [created(), itemAdded(0, message), textDelta("a")];
    expect(await found(textRules, stream(...one, ...one, textDone("a"), completed()))).toEqual([]);
  });

  test("is not found in an item that began before the capture", async () => {
    expect(await found(textRules, streamFrom(7, textDelta("b"), textDone("ab"), completed()))).toEqual([]);
  });
});
