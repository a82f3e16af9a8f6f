import { describe, expect, test } from "vitest";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

/** A stream of events of these types. */
function events(...types: readonly string[]): string {
  return types.map((type) => data(JSON.stringify({ type }))).join("");
}

describe("A run in an unknown protocol", () => {
  test.each([
    ["completed", ["RUN_STARTED", "note", "RUN_FINISHED"]],
    ["completed", ["stream-start", "stream-end"]],
    ["completed", ["begin", "end"]],
    ["completed", ["chat_start", "note", "done"]],
    ["completed", ["run.started", "step.started", "step.finished", "run.completed"]],
    ["truncated", ["RUN_STARTED", "note"]],
    ["truncated", ["run.started", "step.started", "step.finished"]],
    ["ended", ["note", "step.finished"]],
    ["ended", ["restart_count", "weekend"]],
  ])("is %s after %j", async (verdict, types) => {
    expect((await reportOf(events(...types))).verdict).toBe(verdict);
  });

  test("has failed if its end says so", async () => {
    const end = { event: "workflow_finished", data: { status: "failed", error: "Variable not found" } };
    const report = await reportOf(data('{"event":"workflow_started"}') + data(JSON.stringify(end)));
    expect(report).toMatchObject({ verdict: "failed", responses: [{ error: { message: "Variable not found" } }] });
  });
});

describe("Events of an unknown protocol that cannot be read", () => {
  test.each([
    ["Python dicts", data("{'step': 1}")],
    ["Python bytes", data(`b'data: {"a":1}'`)],
    ["Python objects", data("ChatCompletionChunk(id='a', choices=[])")],
    ["broken JSON", data('{"a":1')],
    ["two values in each event", 'data: {"a":1}\ndata: {"b":2}\n\n'],
    ["another data: in the data", data('data: {"a":1}')],
    ["lines of SSE read as NDJSON", data('{"a":1}')],
  ])("are not a stream: %s", async (what, input) => {
    const options = what.includes("NDJSON") ? ["--framing", "ndjson"] : [];
    const report = await reportOf(data('{"step":1}').repeat(options.length === 0 ? 1 : 0) + input, ...options);
    expect(["not-a-stream", "truncated"]).toContain(report.verdict);
    expect(report.exitCode).not.toBe(0);
  });

  test("are only [DONE]: the stream is cut", async () => {
    expect(await reportOf(data("[DONE]"))).toMatchObject({ verdict: "truncated", exitCode: 5 });
  });
});
