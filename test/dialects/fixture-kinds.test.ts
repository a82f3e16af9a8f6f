// The fixtures of each dialect contain a text, a call, reasoning, an error, a cut, an incomplete response and a
// refusal, except what its protocol does not have.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { traitsNamed } from "../../src/dialects/traits-named.ts";
import type { Report, ResponseReport } from "../../src/model/report.ts";
import { fixtures } from "../support/fixtures.ts";
import { parseReport } from "../support/read-report.ts";

const KINDS = ["text", "call", "thought", "error", "cut", "incomplete", "refusal"] as const;
type Kind = (typeof KINDS)[number];

/** Kinds that the protocol of a dialect does not have, or does not document. */
const LACKING: Readonly<Record<string, readonly Kind[]>> = {
  // A task has artifacts and a state.
  a2a: ["call", "thought"],
  // A run is finished or has an error; there is no other end.
  "ag-ui": ["incomplete", "refusal"],
  // `content-filter` is a finish reason like any other.
  "ai-sdk-data": ["refusal"],
  // Only text, and `stop_sequence` or `max_tokens`.
  "anthropic-completions": ["call", "thought", "refusal"],
  // No event says why a response ended.
  "bedrock-agent": ["incomplete"],
  // Only text, and `stop` or `length`.
  "bedrock-llama": ["call", "thought", "refusal"],
  // Reasoning is part of the text; reasons are `stop`, `length` and `tool_calls`.
  "bedrock-mistral": ["thought", "refusal"],
  "bedrock-titan": ["call", "thought"],
  "claude-code": [],
  // A turn is completed or failed.
  codex: ["incomplete", "refusal"],
  "cohere-v1": [],
  // A moderated response is an ordinary text.
  coze: ["refusal"],
  // Content that does not pass the inspection is an error.
  dashscope: ["refusal"],
  // Reasoning is part of the text; moderation replaces the text.
  dify: ["thought", "refusal"],
  ernie: [],
  // A refusal is not marked.
  flowise: ["refusal"],
  "gemini-live": [],
  langgraph: [],
  // Transcripts, audio and images are complete, or end with an error.
  "openai-media": ["call", "thought", "incomplete", "refusal"],
  // There are no events for reasoning and refusals.
  "openai-realtime": ["thought", "refusal"],
  // The output of a program: text or files.
  replicate: ["call", "thought", "refusal"],
};

const KIND_OF_VERDICT = new Map<string, Kind>([
  ["failed", "error"],
  ["truncated", "cut"],
  ["incomplete", "incomplete"],
  ["refused", "refusal"],
]);

function kindsOf({ dialect, responses }: Report): Kind[] {
  const calls = traitsNamed(dialect)?.toolCalls.items;
  return responses.flatMap((response) => {
    const kinds: Kind[] = [];
    const ending = KIND_OF_VERDICT.get(response.verdict);
    if (ending !== undefined) kinds.push(ending);
    else if (says(response)) kinds.push("text");
    if (response.items.some(({ type }) => calls?.test(type))) kinds.push("call");
    if (response.reasoning !== "") kinds.push("thought");
    return kinds;
  });
}

function says({ text, items }: ResponseReport): boolean {
  return text !== "" || items.some(({ mediaBase64Length }) => mediaBase64Length !== undefined);
}

const reports = fixtures
  .filter(({ name }) => !name.startsWith("rules/"))
  .map(({ expected }) => parseReport(readFileSync(expected.report, "utf8")));

test.each(Object.keys(LACKING))("The fixtures of %s cover everything in its protocol", (dialect) => {
  const shown = new Set(reports.filter((report) => report.dialect === dialect).flatMap(kindsOf));
  expect(KINDS.filter((kind) => !shown.has(kind))).toEqual(LACKING[dialect]);
});
