// Streams with values of wrong types everywhere: they are data and never cause a crash.
import { assert, asyncProperty, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all-dialects.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import type { NamedData } from "../support/named-data.ts";
import { tried } from "../support/exhaustive.ts";
import { damagedStreams, factsOf, faultOf } from "../support/read-with.ts";

const RUNS_OF_THE_COMMAND = tried(20, 60);

function asSse(events: readonly NamedData[]): string {
  return events
    .map(({ event, data, id = "" }) => {
      const lines = data.split("\n").map((line) => `data: ${line}\n`);
      return `event: ${event}\nid: ${id}\n${lines.join("")}\n`;
    })
    .join("");
}

describe.each(allDialects())("$name", (dialect) => {
  test("gives facts in order for any input", () => {
    assert(
      property(damagedStreams(dialect), (events) => {
        expect(faultOf(factsOf(dialect, events))).toBe(null);
      }),
    );
  });

  test("gives a report, and its rules accept any input", async () => {
    await assert(
      asyncProperty(damagedStreams(dialect), async (events) => {
        const { exitCode, stdout } = await run(["--json", "-"], { stdin: [asSse(events)] });
        expect(parseReport(stdout).exitCode).toBe(exitCode);
      }),
      { numRuns: RUNS_OF_THE_COMMAND },
    );
  });

  test.each([
    ["toString", { toString: 1, valueOf: 1 }],
    ["a prototype", JSON.parse('{"__proto__":{"type":"x"},"constructor":1}')],
  ])("takes %s for any value", async (_, value: unknown) => {
    const keys = ["id", "index", "delta", "error", "toolCallId", "messageMetadata", "message", "params", "result"];
    const types = ["content-delta", "tool-call-start", "text-delta", "tool-input-available", "finish", "start"];
    const events = types.map((type) => {
      const payload = Object.fromEntries(keys.map((key) => [key, value]));
      Object.assign(payload, { type, jsonrpc: "2.0", done: true, model: "m", created_at: "?" });
      return { event: "message", data: JSON.stringify(payload) };
    });
    expect(faultOf(factsOf(dialect, events))).toBe(null);
    const { stdout } = await run(["--json", "--dialect", dialect.name, "-"], { stdin: [asSse(events)] });
    expect(parseReport(stdout)).toMatchObject({ dialect: dialect.name, events: types.length });
  });
});
