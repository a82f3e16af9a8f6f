// Every fixture, however it arrives, gives what stands beside it. After a change that is meant to alter that,
// `npx vitest run test/fixtures.test.ts -t "tgi/text" -u` writes the files of one fixture anew, and without `-t` those of
// all: read the difference against the raw bytes before it is kept. `case.check.txt` is the one to read first.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { asObject } from "../src/model/payload.ts";
import { chunkings } from "./support/chunkings.ts";
import {
  chosenFixtures,
  expectedPaths,
  type FactsOutput,
  type Fixture,
  fixtures,
  runCheck,
  runFacts,
} from "./support/fixtures.ts";
import { run } from "./support/io.ts";

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

/** The reports of all streams of an input: those before the last stand among the facts. */
function reportsOf({ facts, report }: FactsOutput, name: string): unknown[] {
  const earlier = facts.split("\n").filter((line) => line.startsWith('{"schema":'));
  return [...earlier, report.replace(`  "source": "${name}",`, '  "source": "-",')].map((json): unknown =>
    JSON.parse(json),
  );
}

const someCut = chunkings[chunkings.length - 1]?.cut ?? ((bytes: Uint8Array) => [bytes]);

/** A chosen fixture in all ways but whole, with the chunks of each. */
function arrivalsOf(fixture: Fixture): [way: string, chunks: Uint8Array[]][] {
  if (!chosenFixtures.includes(fixture)) return [];
  const { name, bytes } = fixture;
  const [, ...cuts] = chunkings.map(({ name, cut }): [string, Uint8Array[]] => [name, cut(bytes)]);
  // What is compressed already, or is nothing, is another thing then.
  const isCompressible = !name.endsWith(".gz") && !name.startsWith("broken/empty");
  return isCompressible ? [...cuts, ["compressed", [gzipSync(bytes)]]] : cuts;
}

describe.each(fixtures)("$name", (fixture) => {
  const { name, bytes, expected } = fixture;
  let reading: Promise<FactsOutput> | null = null;
  const whole = (): Promise<FactsOutput> => (reading ??= runFacts(name, [bytes]));

  test("gives the facts, the report and the check beside it", async () => {
    const { exitCode, facts, report } = await whole();
    await expect(facts).toMatchFileSnapshot(expected.facts);
    await expect(report).toMatchFileSnapshot(expected.report);
    await expect(await runCheck(fixture)).toMatchFileSnapshot(expected.check);
    // A record names its own source.
    const source: unknown = name.startsWith("records/") ? name : asObject(JSON.parse(report))?.source;
    expect(source).toBe(name);
    expect(reportsOf(await whole(), name).map((stream) => asObject(stream)?.exitCode)).toContain(exitCode);
  });

  test("gives the same however it is cut, compressed, and where deltas are read at once", async () => {
    const uncut = await whole();
    for (const [way, chunks] of arrivalsOf(fixture)) {
      expect({ way, ...(await runFacts(name, chunks)) }).toEqual({ way, ...uncut });
    }
    // Facts are made event by event; a report alone, of deltas in stretches. Its chunks are cut, for every fixture.
    const { exitCode, stdout } = await run(["--json", "-"], { stdin: someCut(bytes) });
    const reports = stdout.split(/\n(?=\{)/).map((json): unknown => JSON.parse(json));
    expect({ exitCode, reports }).toEqual({ exitCode: uncut.exitCode, reports: reportsOf(uncut, name) });
  });
});

test("no two fixtures share an expected file, and none stands without a fixture", () => {
  const wanted = fixtures.flatMap(({ expected }) => Object.values(expected));
  expect(new Set(wanted).size).toBe(wanted.length);
  expect(expectedPaths.filter((path) => !wanted.includes(path))).toEqual([]);
});

test("the fixtures hold every event type of OpenAI Responses, and none of these is unrecognized", () => {
  expect(DOCUMENTED_EVENTS).toHaveLength(58);
  const seen = new Set<string>();
  const unrecognized = new Set<string>();
  for (const { name, expected } of fixtures) {
    if (!name.startsWith("openai-responses/")) continue;
    for (const type of eventTypesOf(readFileSync(expected.report, "utf8"))) seen.add(type);
    for (const line of readFileSync(expected.facts, "utf8").split("\n")) {
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
