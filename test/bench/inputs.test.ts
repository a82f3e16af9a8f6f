import { describe, expect, it } from "vitest";
import { reportOf } from "../support/read-report.ts";
import { input, type InputName, inputNames, smallCapture } from "./inputs/inputs.ts";

const BYTES = 300_000;

function textOf(pieces: Iterable<string>): string {
  return [...pieces].join("");
}

describe("inputs of the benchmark", () => {
  it.each(inputNames)("%s is completed and has no findings", async (name) => {
    const report = await reportOf(textOf(input(name, BYTES)));
    expect(report).toMatchObject({ verdict: "completed", findings: [], dialect: dialectOf(name) });
  });

  it.each(inputNames)("%s has about the requested size", (name) => {
    const share = Buffer.byteLength(textOf(input(name, BYTES))) / BYTES;
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1.6);
  });

  it.each(inputNames)("%s is the same every time", (name) => {
    expect(textOf(input(name, BYTES))).toBe(textOf(input(name, BYTES)));
  });

  it("a larger input has several responses, each with its usage", async () => {
    const { responses } = await reportOf([...input("responses-text", 20_000_000)]);
    expect(responses).toHaveLength(2);
    expect(responses.map(({ usage }) => usage?.outputTokens)).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it("events are as long as those of the API, with escapes and non-ASCII characters", () => {
    const deltas = textOf(input("responses-text", 10 * BYTES))
      .split("\n\n")
      .filter((event) => event.startsWith("event: response.output_text.delta"));
    const length = deltas.join("").length / deltas.length;
    expect(length).toBeGreaterThan(250);
    expect(length).toBeLessThan(320);
    for (const part of [String.raw`\n`, String.raw`\"`, String.raw`\t`, "é", "潮", "🌊"]) {
      expect(deltas.some((delta) => delta.includes(part))).toBe(true);
    }
  });

  it("fields are in both orders that the API uses", () => {
    const first = ["sequence_number", "item_id", "output_index", "content_index", "delta", "logprobs", "obfuscation"];
    expect(deltaFieldsOf("responses-text")).toEqual(["type", ...first]);
    expect(deltaFieldsOf("responses-text-alphabetical")).toEqual(["type", ...first.toSorted()]);
  });

  it("small captures cover all protocols, differ from each other, and have no findings", async () => {
    const captures = Array.from({ length: 12 }, (_, seed) => textOf(smallCapture(seed)));
    expect(new Set(captures).size).toBe(captures.length);
    const reports = await Promise.all(captures.map((capture) => reportOf(capture)));
    expect(new Set(reports.map(({ dialect }) => dialect)).size).toBe(3);
    for (const report of reports) expect(report).toMatchObject({ verdict: "completed", findings: [] });
  });
});

/** The field names of the first delta, in their order. */
function deltaFieldsOf(name: InputName): string[] {
  const delta = /^data: (?<payload>\{"type":"response\.output_text\.delta".*)/m.exec(textOf(input(name, BYTES)));
  return Object.keys(JSON.parse(delta?.groups?.payload ?? "{}"));
}

function dialectOf(name: InputName): string {
  if (name.startsWith("chat")) return "openai-chat";
  return name.startsWith("anthropic") ? "anthropic" : "openai-responses";
}
