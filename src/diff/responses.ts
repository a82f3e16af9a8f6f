// Two reports in, the differences of their texts, usage and endings out.
import type { ItemReport, Report, ResponseReport } from "../model/report.ts";
import type { Difference, Section } from "./difference.ts";
import { pairs } from "./pairs.ts";

type Value = string | number | null;

/** The texts of items, by response and position; arguments that are JSON are compared as values. */
export function compareTexts(a: Report, b: Report): Difference[] {
  const place = placing(a, b);
  return pairs(a.responses, b.responses).flatMap(([inA, inB], response) =>
    pairs(inA?.items ?? [], inB?.items ?? []).flatMap(([itemA, itemB], item) =>
      TEXTS.flatMap((name) =>
        differ("text", place(response, `item ${item}, ${name}`), textOf(itemA, name), textOf(itemB, name)),
      ),
    ),
  );
}

/** Compares the data of streams of no known dialect. */
export function compareData(a: string, b: string): Difference[] {
  return differ("text", "data", a || null, b || null);
}

const TEXTS = ["text", "reasoning", "refusal", "arguments", "output", "code"] as const;

function textOf(item: ItemReport | null, name: (typeof TEXTS)[number]): string | null {
  const text = item?.[name];
  if (text === undefined || text === "") return null;
  return name === "arguments" ? canonical(text) : text;
}

/** JSON in one canonical form; other text stays unchanged. */
function canonical(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}

/** A value by which responses are compared. */
type Field = readonly [name: string, valueOf: (response: ResponseReport) => Value];

const COUNTS = (["inputTokens", "cachedInputTokens", "outputTokens", "reasoningTokens", "totalTokens"] as const).map(
  (name): Field => [name, ({ usage }) => usage?.[name] ?? null],
);

const ENDING: readonly Field[] = [
  ["verdict of the response", ({ verdict }) => verdict],
  ["status", ({ status }) => status],
  ["reason", ({ reason }) => reason],
  ["model", ({ model }) => model],
];

export function compareUsage(a: Report, b: Report): Difference[] {
  return compareResponses(a, b, "usage", COUNTS);
}

export function compareVerdicts(a: Report, b: Report): Difference[] {
  const rules = [...new Set([...Object.keys(a.findingCounts), ...Object.keys(b.findingCounts)])].sort();
  return [
    ...differ("verdict", "verdict", a.verdict, b.verdict),
    ...differ("verdict", "dialect", a.dialect, b.dialect),
    ...differ("verdict", "error", a.error?.message ?? null, b.error?.message ?? null),
    ...differ("verdict", "responses", a.responses.length, b.responses.length),
    ...compareResponses(a, b, "verdict", ENDING),
    ...rules.flatMap((rule) =>
      differ("verdict", `findings of ${rule}`, a.findingCounts[rule] ?? 0, b.findingCounts[rule] ?? 0),
    ),
  ];
}

function compareResponses(a: Report, b: Report, section: Section, fields: readonly Field[]): Difference[] {
  const place = placing(a, b);
  return pairs(a.responses, b.responses).flatMap(([inA, inB], response) =>
    fields.flatMap(([name, valueOf]) =>
      differ(section, place(response, name), inA && valueOf(inA), inB && valueOf(inB)),
    ),
  );
}

/** Names a place; if there are several responses, includes the response. */
function placing(a: Report, b: Report): (response: number, what: string) => string {
  const isOne = a.responses.length <= 1 && b.responses.length <= 1;
  return (response, what) => (isOne ? what : `response ${response}, ${what}`);
}

function differ(section: Section, what: string, a: Value, b: Value): Difference[] {
  return a === b ? [] : [{ section, what, a, b, aEvent: null, bEvent: null }];
}
