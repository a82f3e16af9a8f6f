// What a replay needs from a capture beyond its bytes. Captures are read as `ssescope` reads them.
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

/** The content of a capture. */
export interface Known {
  /** The dialect of its last stream that has a response; null if none has. */
  readonly dialect: string | null;
  readonly models: readonly string[];
  readonly inputTokens: number | null;
  /** The text of its last response. */
  readonly text: string;
  /** The tool call that the last response ends with, whose result the client sends next; null if there is none. */
  readonly openCall: ItemReport | null;
  /** The response as one JSON document; null if it is incomplete, or the API is unknown. */
  readonly document: JsonObject | null;
}

/** Reads a capture. Throws UserError if it cannot be read. */
export async function readCapture(capture: Source): Promise<Known> {
  /** One response document per dialect seen in the capture. */
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
