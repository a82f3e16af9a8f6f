import { expect, test } from "vitest";
import { endingRules } from "../../../src/rules/general/ending.ts";
import { fixtureNamed } from "../../support/fixtures.ts";
import { data } from "../../support/stream.ts";
import { findingsOf } from "../support/found.ts";

const COHERE = Buffer.from(fixtureNamed("cohere/text.sse").bytes).toString();
const OLLAMA = Buffer.from(fixtureNamed("ollama/chat.ndjson").bytes).toString();
const LAST_LINE = OLLAMA.trimEnd().split("\n").at(-1) ?? "";

test("event-after-terminal is found once if a response continues after its end", async () => {
  const late = data(
    JSON.stringify({ type: "content-delta", index: 0, delta: { message: { content: { text: "a" } } } }),
  );
  const findings = await findingsOf(endingRules, COHERE + late + late);
  expect(findings).toMatchObject([
    {
      rule: "event-after-terminal",
      severity: "error",
      seen: "content-delta",
      message: expect.stringContaining("follows [DONE]"),
    },
  ]);
});

test("event-after-terminal is found if an Ollama response ends twice", async () => {
  const events = OLLAMA.trimEnd().split("\n").length;
  expect(await findingsOf(endingRules, `${OLLAMA}${LAST_LINE}\n`)).toMatchObject([
    { rule: "event-after-terminal", event: events },
  ]);
});

test.each([
  ["another answer", COHERE + COHERE],
  [
    "another response of Ollama, which begins later",
    Buffer.from(fixtureNamed("ollama/two-answers.ndjson").bytes).toString(),
  ],
  ["an error, which is found as such", `${COHERE}event: error\n${data('{"message":"gone"}')}`],
  ["an event that is not known", COHERE + data('{"type":"tide-warning"}')],
])("event-after-terminal is not found at %s", async (_, input) => {
  expect(await findingsOf(endingRules, input)).toEqual([]);
});

test("done-sentinel is required for the AI SDK's messages, and for no other dialect here", async () => {
  const withDone = Buffer.from(fixtureNamed("ai-sdk/text.sse").bytes).toString();
  const without = withDone.replace("data: [DONE]\n\n", "");
  expect(without).not.toBe(withDone);
  expect(await findingsOf(endingRules, withDone)).toEqual([]);
  expect(await findingsOf(endingRules, without)).toMatchObject([{ rule: "done-sentinel", severity: "info" }]);
  expect(await findingsOf(endingRules, COHERE.replace("data: [DONE]\n\n", ""))).toEqual([]);
  expect(await findingsOf(endingRules, COHERE, "open-responses")).toEqual([]);
});
