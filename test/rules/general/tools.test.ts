import { describe, expect, test } from "vitest";
import { toolRules } from "../../../src/rules/general/tools.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import * as messages from "../../support/messages.ts";
import {
  argumentsDelta,
  argumentsDone,
  completed,
  created,
  functionCall,
  incomplete,
  itemAdded,
  itemDone,
  stream,
  type Payload,
} from "../../support/stream.ts";
import * as chunks from "../../support/chunks.ts";
import { findingsOf, found } from "../support/found.ts";

const call = functionCall("look_up");

/** A call with those arguments, from start to end. */
function calls(text: string, item: Readonly<Record<string, unknown>> = {}): Payload[] {
  return [
    itemAdded(0, call),
    argumentsDelta(text),
    argumentsDone(text),
    itemDone(0, { ...call, arguments: text, ...item }),
  ];
}

test("Nothing is found in intact calls with any arguments", async () => {
  for (const text of ["{}", '{"a":[1,2e3,null,"\\u00e9"]}', " null ", '"x"']) {
    expect(await found(toolRules, stream(created(), ...calls(text), completed()))).toEqual([]);
  }
  for (const name of ["mcp.sse", "custom-tool.sse", "parallel-function-calls.sse", "no-output-index.sse"]) {
    expect(await found(toolRules, fixtureNamed(`openai-responses/${name}`).bytes)).toEqual([]);
  }
});

describe("arguments-invalid-json", () => {
  test("is found in other dialects' blocks, at the end of the call", async () => {
    const end = [messages.messageDelta("tool_use"), messages.messageStop];
    const called = (text: string): string =>
      messages.stream(messages.messageStart(), ...messages.toolBlock(0, "bell", text), ...end);
    expect(await findingsOf(toolRules, called('{"times": 2'))).toMatchObject([
      {
        rule: "arguments-invalid-json",
        event: 3,
        message: expect.stringContaining("of bell (item 0) are not valid JSON"),
      },
    ]);
    for (const text of ['{"times": 2}', ""]) expect(await found(toolRules, called(text))).toEqual([]);

    const start = { contentBlockIndex: 0, start: { toolUse: { toolUseId: "tooluse_1", name: "bell" } } };
    const converse = (input: string): string =>
      [
        { messageStart: { role: "assistant" } },
        { contentBlockStart: start },
        { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input } } } },
        { contentBlockStop: { contentBlockIndex: 0 } },
        { messageStop: { stopReason: "tool_use" } },
      ]
        .map((event) => `${JSON.stringify(event)}\n`)
        .join("");
    expect(await found(toolRules, converse('{"times"'))).toMatchObject([expect.stringContaining("json at 3")]);
    for (const text of ['{"times": 2}', ""]) expect(await found(toolRules, converse(text))).toEqual([]);
  });

  test("is not found in a block whose start or end is missing in the stream", async () => {
    const delta = messages.blockDelta(0, "input_json_delta", { partial_json: 'es": 2}' });
    const resumed = messages.stream(delta, messages.blockStop(0), messages.messageDelta("tool_use"));
    expect(await found(toolRules, resumed)).toEqual([]);
    const [start, fragment] = messages.toolBlock(0, "bell", '{"times"');
    if (start === undefined || fragment === undefined) throw new Error("a block has a start and a delta");
    expect(await found(toolRules, messages.stream(messages.messageStart(), start, fragment))).toEqual([]);
  });

  test("is found once, when the arguments are done, and names the character", async () => {
    const input = stream(created(), ...calls('{"day":,"a":1}'), completed());
    expect(await found(toolRules, input)).toEqual([
      "arguments-invalid-json at 3: event: response.function_call_arguments.done",
    ]);
    const [finding] = await findingsOf(toolRules, input, "lenient");
    expect(finding).toMatchObject({ severity: "error", expected: "valid JSON", seen: '{"day":,"a":1}' });
    expect(finding?.message).toBe(
      "the arguments of look_up (item 0) are not valid JSON, at character 7 of 14; the response was not cut",
    );
  });

  test("is found if only the item's end has them, and in MCP calls", async () => {
    const mcp = { id: "mcp_1", type: "mcp_call", name: "ask", arguments: "{'a'}" };
    const input = stream(created(), itemAdded(0, mcp), itemDone(0, mcp), completed());
    expect(await found(toolRules, input)).toEqual(["arguments-invalid-json at 2: event: response.output_item.done"]);
    const done = { type: "response.mcp_call_arguments.done", output_index: 0, arguments: "{'a'}" };
    expect(await found(toolRules, stream(created(), itemAdded(0, mcp), done, itemDone(0, mcp)))).toEqual([
      "arguments-invalid-json at 2: event: response.mcp_call_arguments.done",
    ]);
  });

  test("says whether they end too early, and whether the response was cut", async () => {
    const cut = stream(created(), ...calls('{"day":'), incomplete("max_output_tokens"));
    expect((await findingsOf(toolRules, cut))[0]?.message).toMatch(
      /at character 7 of 7: the text ends there; the response was cut: max_output_tokens$/,
    );
    const empty = stream(created(), ...calls(""), completed());
    expect((await findingsOf(toolRules, empty))[0]?.message).toMatch(/they are empty; the response was not cut$/);
  });

  test("is found in a truncated stream, and in a response followed by another one", async () => {
    const truncated = stream(created(), ...calls("{"));
    const finding = "arguments-invalid-json at 3: event: response.function_call_arguments.done";
    expect(await found(toolRules, truncated)).toEqual([finding]);
    expect((await findingsOf(toolRules, truncated))[0]?.message).toMatch(/the text ends there$/);
    expect(await found(toolRules, truncated + stream(created({ id: "resp_2" })))).toEqual([finding]);
  });

  test("quotes the text around the place", async () => {
    const text = `{"a":"${"x".repeat(100)}",}`;
    const [finding] = await findingsOf(toolRules, stream(created(), ...calls(text), completed()));
    expect(finding?.seen).toBe(`${"x".repeat(18)}",}`);
  });

  test("is not found in an item whose status says that it was cut", async () => {
    const input = stream(created(), ...calls('{"a', { status: "incomplete" }), incomplete("max_output_tokens"));
    expect(await found(toolRules, input)).toEqual([]);
  });

  test("is not found in a custom tool's input, which may be any text", async () => {
    const custom = { id: "ctc_1", type: "custom_tool_call", call_id: "call_1", name: "shell", input: "{ls" };
    const done = { type: "response.custom_tool_call_input.done", output_index: 0, input: "{ls" };
    expect(await found(toolRules, stream(created(), itemAdded(0, custom), done, itemDone(0, custom)))).toEqual([]);
  });
});

test("Arguments of Chat Completions calls are judged when the choice ends, except those of custom tools", async () => {
  expect(await found(toolRules, chatCall('{"a":1}'))).toEqual([]);
  expect(await found(toolRules, chatCall(""))).toEqual([]);
  expect(await findingsOf(toolRules, chatCall('{"a":'))).toMatchObject([
    { rule: "arguments-invalid-json", event: 1, message: expect.stringContaining("the arguments of ask (item 0)") },
  ]);
  // The legacy call has no id.
  const legacy = chunks.delta({ function_call: { name: "ask", arguments: "{" } });
  expect(await found(toolRules, chunks.stream(legacy, chunks.finish("function_call"), chunks.done))).toHaveLength(1);
  const custom = { index: 0, id: "call_1", type: "custom", custom: { name: "ask", input: "{'a'}" } };
  const input = chunks.stream(chunks.delta({ tool_calls: [custom] }), chunks.finish("tool_calls"), "[DONE]");
  expect(await found(toolRules, input)).toEqual([]);
});

function chatCall(text: string): string {
  return chunks.stream(chunks.call(0, text, "ask"), chunks.finish("tool_calls"), chunks.done);
}
