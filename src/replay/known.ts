// What a replay has to know of its captures beyond their bytes: they are read as `ssescope` reads them.
import { PassThrough } from "node:stream";
import { answers } from "../dialects/answers.ts";
import type { Answer } from "../dialects/answer.ts";
import { traitsNamed } from "../dialects/traits-named.ts";
import type { JsonObject } from "../model/payload.ts";
import type { Reading } from "../model/reading.ts";
import type { ItemReport, Report } from "../model/report.ts";
import { inspectSource } from "../pipeline/inspect-source.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import type { Source } from "../sources/source.ts";
import { createPage } from "../terminal/page.ts";
import { LIMITS } from "./pieces.ts";

/** What is in a capture. */
export interface Known {
  /** Of its last stream with a response; null if it has none. */
  readonly dialect: string | null;
  readonly models: readonly string[];
  readonly inputTokens: number | null;
  /** The text of its last response. */
  readonly text: string;
  /** The call of a tool that a response ends in: whoever has the tool calls it, and asks again; null if it ends in none. */
  readonly openCall: ItemReport | null;
  /** What it adds up to without streaming; null if it is not whole, or its API is not known. */
  readonly document: JsonObject | null;
}

/** Reads a capture. Throws UserError where it cannot be read. */
export async function readCapture(capture: Source): Promise<Known> {
  /** The answer of each dialect that events were read in. */
  const made = new Map<string, Answer | null>();

  function add({ dialect: { name }, payload, event }: Reading): void {
    if (!made.has(name)) made.set(name, findAnswer(name)?.() ?? null);
    if (payload.type === "object") made.get(name)?.add(payload.value, event);
  }

  const view = { name: "none", title: "nothing", hasSummary: false, create: () => ({ read: add }) };
  const showing = {
    view,
    options: { channels: new Set<never>(), source: null, isOneOfMany: false },
    page: silentPage(),
  };
  const reading = { framing: null, dialect: null, rules: DEFAULT_POLICY, takesAnswers: true, ...LIMITS };
  const reports = await inspectSource(capture, reading, showing, new AbortController().signal);
  const report = reports.findLast(({ responses }) => responses.length > 0) ?? reports.at(-1);
  const dialect = report?.dialect ?? null;
  const responses = report?.responses ?? [];
  return {
    dialect,
    models: [...new Set(responses.flatMap(({ model }) => model ?? []))],
    inputTokens: responses.at(-1)?.usage?.inputTokens ?? null,
    text: responses.at(-1)?.text ?? "",
    openCall: openCallOf(report ?? null),
    document: dialect !== null ? (made.get(dialect)?.document() ?? null) : null,
  };
}

function findAnswer(dialect: string): (() => Answer) | undefined {
  return Object.entries(answers).find(([name]) => name === dialect)?.[1];
}

function silentPage(): ReturnType<typeof createPage> {
  return createPage(new PassThrough().resume());
}

function openCallOf(report: Report | null): ItemReport | null {
  const last = report?.responses.at(-1)?.items.at(-1);
  return last !== undefined && traitsNamed(report?.dialect ?? null)?.toolCalls.items.test(last.type) === true
    ? last
    : null;
}
