// Every fixture, however it is cut, gives the facts and the report that stand beside it. After a change that is meant to
// alter them, `SSESCOPE_RENEW=1 npx vitest run test/fixtures.test.ts` writes them anew: read the difference against the
// raw bytes before it is kept.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { asObject } from "../src/model/payload.ts";
import { chunkings } from "./support/chunkings.ts";
import { expectedPaths, fixtures, runFacts } from "./support/fixtures.ts";

const renews = process.env["SSESCOPE_RENEW"] === "1";

/** `ResponseStreamEvent` of openai-node 7.5.0. */
const DOCUMENTED_EVENTS = [
  "error",
  "response.audio.delta",
  "response.audio.done",
  "response.audio.transcript.delta",
  "response.audio.transcript.done",
  "response.code_interpreter_call.completed",
  "response.code_interpreter_call.in_progress",
  "response.code_interpreter_call.interpreting",
  "response.code_interpreter_call_code.delta",
  "response.code_interpreter_call_code.done",
  "response.completed",
  "response.content_part.added",
  "response.content_part.done",
  "response.created",
  "response.custom_tool_call_input.delta",
  "response.custom_tool_call_input.done",
  "response.failed",
  "response.file_search_call.completed",
  "response.file_search_call.in_progress",
  "response.file_search_call.searching",
  "response.function_call_arguments.delta",
  "response.function_call_arguments.done",
  "response.image_generation_call.completed",
  "response.image_generation_call.generating",
  "response.image_generation_call.in_progress",
  "response.image_generation_call.partial_image",
  "response.in_progress",
  "response.incomplete",
  "response.mcp_call.completed",
  "response.mcp_call.failed",
  "response.mcp_call.in_progress",
  "response.mcp_call_arguments.delta",
  "response.mcp_call_arguments.done",
  "response.mcp_list_tools.completed",
  "response.mcp_list_tools.failed",
  "response.mcp_list_tools.in_progress",
  "response.output_item.added",
  "response.output_item.done",
  "response.output_text.annotation.added",
  "response.output_text.delta",
  "response.output_text.done",
  "response.queued",
  "response.reasoning_summary_part.added",
  "response.reasoning_summary_part.done",
  "response.reasoning_summary_text.delta",
  "response.reasoning_summary_text.done",
  "response.reasoning_text.delta",
  "response.reasoning_text.done",
  "response.refusal.delta",
  "response.refusal.done",
  "response.shell_call_command.added",
  "response.shell_call_command.delta",
  "response.shell_call_command.done",
  "response.shell_call_output_content.delta",
  "response.shell_call_output_content.done",
  "response.web_search_call.completed",
  "response.web_search_call.in_progress",
  "response.web_search_call.searching",
];

/** Sent by OpenAI, OpenRouter or those who speak Open Responses, and not in that union. */
const UNDOCUMENTED_EVENTS = [
  "keepalive",
  "response.apply_patch_call_operation_diff.delta",
  "response.apply_patch_call_operation_diff.done",
  "response.keep_alive",
  "response.reasoning.delta",
  "response.reasoning.done",
];

beforeAll(async () => {
  if (!renews) return;
  for (const { name, bytes, factsPath, reportPath } of fixtures) {
    const { facts, report } = await runFacts(name, [bytes]);
    writeFileSync(factsPath, facts);
    writeFileSync(reportPath, report);
  }
});

/** The reports that stand among the facts: those of the streams before the last. */
function earlierReports(facts: string): readonly string[] {
  return facts.split("\n").filter((line) => line.startsWith('{"schema":'));
}

describe.each(fixtures)("$name", ({ name, bytes, factsPath, reportPath }) => {
  test.each(chunkings)("gives the expected facts and report $name", async (chunking) => {
    const { exitCode, facts, report } = await runFacts(name, chunking.cut(bytes));
    expect(facts).toBe(readFileSync(factsPath, "utf8"));
    expect(report).toBe(readFileSync(reportPath, "utf8"));
    expect(JSON.parse(report)).toMatchObject({ source: name });
    const streams = [...earlierReports(facts), report].map((document) => asObject(JSON.parse(document))?.exitCode);
    expect(streams).toContain(exitCode);
  });
});

test("every fixture has its own expected facts and report, and none stand without a fixture", () => {
  const wanted = fixtures.flatMap(({ factsPath, reportPath }) => [factsPath, reportPath]);
  expect(new Set(wanted).size).toBe(wanted.length);
  expect(wanted.filter((path) => !existsSync(path))).toEqual([]);
  expect(expectedPaths.filter((path) => !wanted.includes(path))).toEqual([]);
});

test("the fixtures hold every event type of OpenAI Responses, and none of these is unrecognized", async () => {
  expect(DOCUMENTED_EVENTS).toHaveLength(58);
  const seen = new Set<string>();
  const unrecognized = new Set<string>();
  for (const { name, bytes } of fixtures.filter((fixture) => fixture.name.startsWith("openai-responses/"))) {
    const { facts, report } = await runFacts(name, [bytes]);
    for (const type of eventTypesOf(report)) seen.add(type);
    for (const line of facts.split("\n")) {
      const unknown = /^\{"type":"unrecognized","name":"([^"]+)"/.exec(line)?.[1];
      if (unknown !== undefined) unrecognized.add(unknown);
    }
  }
  const known = [...DOCUMENTED_EVENTS, ...UNDOCUMENTED_EVENTS];
  expect(known.filter((type) => !seen.has(type))).toEqual([]);
  expect(known.filter((type) => unrecognized.has(type))).toEqual([]);
});

function eventTypesOf(report: string): readonly string[] {
  return Object.keys(asObject(asObject(JSON.parse(report))?.eventTypes) ?? {});
}
