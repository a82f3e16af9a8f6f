// Cases that the fixtures of the Assistants API do not cover: odd and hostile events, and those of other dialects.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { hostileValue } from "../../support/hostile.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { tried } from "../../support/exhaustive.ts";

const ID = "run_1";

function event(name: string, payload: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`;
}

function run(what: string, fields: object = {}): string {
  return event(`thread.run.${what}`, { id: ID, object: "thread.run", model: "model-1", status: what, ...fields });
}

const created = run("created", { status: "queued" });
const done = "event: done\ndata: [DONE]\n\n";

function textDelta(value: string, id = "msg_1"): string {
  const content = [{ index: 0, type: "text", text: { value } }];
  return event("thread.message.delta", { id, object: "thread.message.delta", delta: { content } });
}

function message(status: string, text: string, id = "msg_1"): string {
  const content = text === "" ? [] : [{ type: "text", text: { value: text, annotations: [] } }];
  const what = status === "in_progress" ? "created" : status;
  return event(`thread.message.${what}`, { id, object: "thread.message", status, content });
}

describe("An event is of the Assistants API", () => {
  test.each([
    ["thread.created", { id: "thread_1", object: "thread" }],
    ["thread.run.created", { id: ID, object: "thread.run", status: "queued" }],
    ["thread.run.step.delta", { id: "step_1", object: "thread.run.step.delta", delta: {} }],
    ["thread.message.delta", { id: "msg_1", object: "thread.message.delta", delta: {} }],
    ["thread.something.new", {}],
  ])("by its name, and no other dialect claims it: %s", (name, payload) => {
    expect(claimantsOf({ ...unnamed(payload), event: name })).toEqual(["openai-assistants"]);
  });

  test("by its object if it has no name, and by its name if it is broken", () => {
    expect(claimantsOf(unnamed({ object: "thread.run" }))).toEqual(["openai-assistants"]);
    expect(claimantsOf(unnamed({ object: "thread.message.delta" }))).toEqual(["openai-assistants"]);
    const broken = { event: "thread.run.created", data: '{"id":"run' };
    expect(claimantsOf(broken)).toEqual(["openai-assistants"]);
    expect(claimantsOf({ ...broken, event: "message" })).toEqual([]);
  });

  test.each([
    '{"object":"thread"}',
    '{"object":"thread.deleted"}',
    '{"type":"thread.run"}',
    "[DONE]",
    '["thread.run"]',
  ])("but not if it is %s", (json) => {
    expect(claimantsOf({ event: "message", data: json })).toEqual([]);
    expect(claimantsOf({ event: "threads", data: json })).toEqual([]);
  });
});

describe("A run", () => {
  test.each([
    ["completed", "completed", 0],
    ["requires_action", "completed", 0],
    ["incomplete", "incomplete", 4],
    ["cancelled", "incomplete", 4],
    ["expired", "incomplete", 4],
    ["failed", "failed", 3],
    ["in_progress", "truncated", 5],
    ["cancelling", "truncated", 5],
    ["becalmed", "truncated", 5],
  ])("that is %s is %s", async (status, verdict, exitCode) => {
    const report = await reportOf(created + run(status) + done);
    expect(report).toMatchObject({ verdict, exitCode, responses: [{ id: ID, model: "model-1", status }] });
  });

  test("is the same one after it required an action", async () => {
    const report = await reportOf(created + run("requires_action") + run("queued") + textDelta("a") + run("completed"));
    expect(report.responses).toMatchObject([{ verdict: "completed", status: "completed", text: "a" }]);
  });

  test("is a new one with another id", async () => {
    const other = created.replace(ID, "run_2") + textDelta("b") + run("completed").replace(ID, "run_2");
    const { responses } = await reportOf(created + textDelta("a") + run("completed") + other);
    expect(responses).toMatchObject([
      { id: "run_1", text: "a" },
      { id: "run_2", text: "b", resumed: false },
    ]);
  });

  test("has the calls that it requires, even without deltas", async () => {
    const call = { id: "call_1", type: "function", function: { name: "ask", arguments: "{}" } };
    const required_action = { type: "submit_tool_outputs", submit_tool_outputs: { tool_calls: [call] } };
    const { responses } = await reportOf(created + run("requires_action", { required_action }) + done);
    expect(responses[0]?.items).toMatchObject([
      { type: "function_call", name: "ask", callId: "call_1", arguments: "{}" },
    ]);
  });

  test("counts the tokens of the whole run, and none if none are reported", async () => {
    const counted = await reportOf(created + run("completed", { usage: { prompt_tokens: 3 } }) + done);
    expect(counted.responses[0]?.usage).toMatchObject({ inputTokens: 3, outputTokens: null });
    const { responses } = await reportOf(created + run("completed", { usage: null }) + done);
    expect(responses[0]?.usage).toBeNull();
  });
});

describe("A message", () => {
  test("has the text of its deltas, or without deltas that of its end", async () => {
    const deltas = message("in_progress", "") + textDelta("Ebb") + textDelta(".");
    expect(await textOf(deltas + message("completed", "Ebb."))).toBe("Ebb.");
    expect(await textOf(message("in_progress", "") + message("completed", "Ebb."))).toBe("Ebb.");
    expect(await textOf(message("completed", "Ebb."))).toBe("Ebb.");
  });

  test("can be one of several in a run, each with its own text", async () => {
    const first = message("in_progress", "") + textDelta("a") + message("completed", "a");
    const second = message("in_progress", "", "msg_2") + textDelta("b", "msg_2") + message("completed", "b", "msg_2");
    const { responses } = await reportOf(created + first + second + run("completed"));
    expect(responses).toMatchObject([{ text: "ab", items: [{ id: "msg_1" }, { id: "msg_2", text: "b" }] }]);
  });
});

const hostileEvent = fc.record({
  name: fc.constantFrom(
    "thread.run.created",
    "thread.run.requires_action",
    "thread.run.step.delta",
    "thread.run.step.completed",
    "thread.message.delta",
    "thread.message.completed",
    "error",
  ),
  payload: fc.record(
    {
      id: fc.oneof(fc.constantFrom("a", "b"), hostileValue),
      object: fc.oneof(fc.constantFrom("thread.run", "thread.message", "thread.run.step"), hostileValue),
      status: fc.oneof(fc.constantFrom("in_progress", "completed", "failed"), hostileValue),
      delta: fc.oneof(
        fc.record({ content: hostileValue }),
        fc.record({ step_details: fc.record({ tool_calls: fc.array(hostileValue) }) }),
        hostileValue,
      ),
      content: hostileValue,
      step_details: hostileValue,
      required_action: fc.record({ submit_tool_outputs: fc.record({ tool_calls: hostileValue }) }),
      usage: hostileValue,
      last_error: hostileValue,
    },
    { requiredKeys: [] },
  ),
});

test("Wrong types anywhere do not throw, and each event is counted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileEvent, { minLength: 1, maxLength: 8 }), async (events) => {
      const input = created + events.map(({ name, payload }) => event(name, payload)).join("");
      const report = await reportOf(input, "--dialect", "openai-assistants");
      expect(report).toMatchObject({ dialect: "openai-assistants", events: events.length + 1 });
    }),
    { numRuns: tried(40, 200) },
  );
});

/** The text of a run with those events. */
async function textOf(events: string): Promise<string | undefined> {
  const { responses } = await reportOf(created + events + run("completed"));
  return responses[0]?.text;
}
