// What the fixtures of each dialect show: a text, a call, a thought, an error, a cut, an answer that is not whole, a
// refusal; but for what its protocol does not have.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { traitsNamed } from "../../src/dialects/traits-named.ts";
import type { Report, ResponseReport } from "../../src/model/report.ts";
import { fixtures } from "../support/fixtures.ts";
import { parseReport } from "../support/read-report.ts";

const KINDS = ["text", "call", "thought", "error", "cut", "incomplete", "refusal"] as const;
type Kind = (typeof KINDS)[number];

/** What the protocol of a dialect does not have, or says in words of its own that nobody lists. */
const LACKING: Readonly<Record<string, readonly Kind[]>> = {
  // A task has artifacts and a state.
  a2a: ["call", "thought"],
  // A run has no other end than that it is finished, or an error.
  "ag-ui": ["incomplete", "refusal"],
  // `content-filter` is a finish reason like any other.
  "ai-sdk-data": ["refusal"],
  // Nothing but text, and `stop_sequence` or `max_tokens`.
  "anthropic-completions": ["call", "thought", "refusal"],
  // No event says why an answer ended.
  "bedrock-agent": ["incomplete"],
  // Nothing but text, and `stop` or `length`.
  "bedrock-llama": ["call", "thought", "refusal"],
  // Thoughts are part of the text; reasons are `stop`, `length` and `tool_calls`.
  "bedrock-mistral": ["thought", "refusal"],
  "bedrock-titan": ["call", "thought"],
  "claude-code": [],
  // A turn is completed or failed.
  codex: ["incomplete", "refusal"],
  "cohere-v1": [],
  // Moderation is a text like any other.
  coze: ["refusal"],
  // What does not pass the inspection is an error.
  dashscope: ["refusal"],
  // What a model thinks is in its text; moderation replaces the text.
  dify: ["thought", "refusal"],
  ernie: [],
  // Nothing says that a model refused.
  flowise: ["refusal"],
  "gemini-live": [],
  langgraph: [],
  // Transcripts, sound and images are whole, or end by an error.
  "openai-media": ["call", "thought", "incomplete", "refusal"],
  // Neither thoughts nor refusals have events.
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

test.each(Object.keys(LACKING))("The fixtures of %s show all that its protocol has", (dialect) => {
  const shown = new Set(reports.filter((report) => report.dialect === dialect).flatMap(kindsOf));
  expect(KINDS.filter((kind) => !shown.has(kind))).toEqual(LACKING[dialect]);
});
