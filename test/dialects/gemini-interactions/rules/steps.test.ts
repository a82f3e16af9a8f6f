import { describe, expect, test } from "vitest";
import { stepRules } from "../../../../src/dialects/gemini-interactions/rules/steps.ts";
import { toolRules } from "../../../../src/rules/general/tools.ts";
import { fixtures } from "../../../support/fixtures.ts";
import { data } from "../../../support/stream.ts";
import { findingsOf, found } from "../../../rules/support/found.ts";

function events(...all: readonly (readonly [type: string, fields?: object])[]): string {
  return all.map(([type, fields]) => data(JSON.stringify({ event_type: type, ...fields }))).join("");
}

const created = ["interaction.created", { interaction: { id: "v1_a", status: "in_progress" } }] as const;
const completed = ["interaction.completed", { interaction: { id: "v1_a", status: "completed" } }] as const;
const start = (index: number) => ["step.start", { index, step: { type: "model_output" } }] as const;
const delta = (index: number) => ["step.delta", { index, delta: { type: "text", text: "a" } }] as const;
const stop = (index: number) => ["step.stop", { index }] as const;

test("Nothing is found in intact interactions", async () => {
  const streams = fixtures.filter(({ name }) => name.startsWith("gemini-interactions/"));
  expect(streams.length).toBeGreaterThan(10);
  for (const { bytes } of streams) expect(await found(stepRules, bytes)).toEqual([]);
  const interleaved = events(created, start(0), start(1), delta(1), delta(0), stop(1), delta(0), stop(0), completed);
  expect(await findingsOf(stepRules, interleaved)).toEqual([]);
});

describe("step-not-started", () => {
  test("is found once for a step", async () => {
    const [first, ...others] = await findingsOf(stepRules, events(created, delta(0), delta(0), stop(0), completed));
    expect(first).toMatchObject({ rule: "step-not-started", severity: "error", event: 1, expected: "step.start" });
    expect(first?.message).toBe("step.delta refers to step 0, which has not started");
    expect(others).toEqual([]);
    expect(await findingsOf(stepRules, events(created, ["content.stop", { index: 3 }]), "lenient")).toMatchObject([
      { rule: "step-not-started", severity: "warning" },
    ]);
  });

  test("is not found if the beginning is not in the capture, or an event names no step", async () => {
    expect(await findingsOf(stepRules, events(delta(0), stop(0), completed))).toEqual([]);
    expect(await findingsOf(stepRules, events(created, ["step.delta"], ["step.stop", { index: "0" }]))).toEqual([]);
  });
});

describe("step-not-stopped", () => {
  test("is found for each step that is open at the end", async () => {
    const input = events(created, start(0), start(1), stop(1), start(2), delta(2), completed);
    const findings = await findingsOf(stepRules, input);
    expect(findings.map(({ rule, severity, event, message }) => [rule, severity, event, message])).toEqual([
      ["step-not-stopped", "warning", 6, "step 0 has not stopped when the interaction is complete"],
      ["step-not-stopped", "warning", 6, "step 2 has not stopped when the interaction is complete"],
    ]);
  });

  test("is not found if the interaction is cut or not completed", async () => {
    const failed = ["interaction.completed", { interaction: { status: "incomplete" } }] as const;
    expect(await findingsOf(stepRules, events(created, start(0), delta(0)))).toEqual([]);
    expect(await findingsOf(stepRules, events(created, start(0), delta(0), failed))).toEqual([]);
  });
});

describe("step-after-stop", () => {
  test("is found once for a step, at a late delta, stop or start", async () => {
    for (const late of [delta(0), stop(0), start(0)]) {
      const findings = await findingsOf(stepRules, events(created, start(0), stop(0), late, delta(0), completed));
      expect(findings).toMatchObject([{ rule: "step-after-stop", severity: "error", event: 3, seen: late[0] }]);
    }
  });

  test("is found if a step starts again before it stops", async () => {
    const [first] = await findingsOf(stepRules, events(created, start(0), start(0), stop(0), completed));
    expect(first?.message).toBe("step.start refers to step 0, which has started");
  });

  test("is not found in the next interaction", async () => {
    const one = [created, start(0), stop(0), completed] as const;
    const next = ["interaction.created", { interaction: { id: "v1_b" } }] as const;
    expect(await findingsOf(stepRules, events(...one, next, start(0), delta(0), stop(0), completed))).toEqual([]);
  });
});

test("arguments-invalid-json is found at the stop of a call's step", async () => {
  const call = ["step.start", { index: 0, step: { type: "function_call", id: "fc_1", name: "get_tide" } }] as const;
  const piece = ["step.delta", { index: 0, delta: { type: "arguments_delta", arguments: '{"harbour":' } }] as const;
  const [first, ...others] = await findingsOf(toolRules, events(created, call, piece, stop(0), completed));
  expect(first).toMatchObject({ rule: "arguments-invalid-json", severity: "error", event: 3 });
  expect(first?.message).toContain("the arguments of get_tide (item 0) are not valid JSON");
  expect(others).toEqual([]);
});
