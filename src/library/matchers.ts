// Matchers for `expect` in Vitest, Jest and others with `expect.extend`. Each takes an input of `inspect()`, an
// inspection, or a report.
import { mainFindingOf } from "../check/main-finding.ts";
import type { Checked } from "../check/checked.ts";
import { type Demands, judge } from "../check/judge.ts";
import { describeTools, namedCalls, type ToolCall } from "../check/tool-calls.ts";
import { UserError } from "../errors.ts";
import { severities, type Finding } from "../model/finding.ts";
import { jsonText } from "../model/json-text.ts";
import type { Report } from "../model/report.ts";
import { verdictTable } from "../model/verdict.ts";
import { describeFinding, placeOf } from "../reporters/finding-words.ts";
import { plainLine } from "../reporters/plain-line.ts";
import { cut } from "../wording/cut.ts";
import { judgeInspection, nameOf } from "./check.ts";
import type { Input } from "./input.ts";
import { inspect, inspectChecked, type Inspection, textOf } from "./inspect.ts";
import { type CheckOptions, demandsOf, refuseForCheck } from "./options.ts";

/** What matchers accept: an input, an inspection of one, or its report. */
export type Inspectable = Input | Inspection | Report;

/** The matchers as tests call them. All are asynchronous: `await expect(response).toHaveCompleted()`. */
export interface SsescopeMatchers {
  /** Every response is complete: the verdict is `completed`. Findings do not count: see `toPassCheck`. */
  toHaveCompleted(): Promise<void>;
  /** The visible text equals this, or matches it: a RegExp, `expect.stringContaining(…)`. */
  toHaveText(expected: unknown): Promise<void>;
  /**
   * A tool is called; `input`: with this input, parsed if it is JSON. Matchers such as `expect.objectContaining(…)`
   * work.
   */
  toCallTool(name: string, input?: unknown): Promise<void>;
  /** `ssescope check` passes, with these options. */
  toPassCheck(options?: CheckOptions): Promise<void>;
}

/** The `this` of a matcher that `expect.extend` calls. */
export interface MatcherContext {
  equals(a: unknown, b: unknown): boolean;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

type Matcher<Arguments extends readonly unknown[]> = (
  this: MatcherContext,
  received: Inspectable,
  ...rest: Arguments
) => Promise<MatcherResult>;

/** For `expect.extend(matchers)`; `ssescope/vitest` and `ssescope/jest` do that. */
export const matchers: {
  readonly toHaveCompleted: Matcher<[]>;
  readonly toHaveText: Matcher<[expected: unknown]>;
  readonly toCallTool: Matcher<[name: string, input?: unknown]>;
  readonly toPassCheck: Matcher<[options?: CheckOptions]>;
} = { toHaveCompleted, toHaveText, toCallTool, toPassCheck };

async function toHaveCompleted(this: MatcherContext, received: Inspectable): Promise<MatcherResult> {
  const reports = await reportsOf(received);
  const other = reports.find(({ verdict }) => verdict !== "completed");
  const pass = other === undefined;
  return {
    pass,
    message: () =>
      pass
        ? `expected the stream not to have completed, but it did`
        : [
            `expected the stream to have completed, but its verdict is ${other.verdict}: ${verdictTable[other.verdict].meaning}`,
            ...listFindings([judge(other, demandsOf({}))]),
          ].join("\n"),
  };
}

async function toHaveText(this: MatcherContext, received: Inspectable, expected: unknown): Promise<MatcherResult> {
  const reports = await reportsOf(received);
  const text = textOf(reports);
  const pass = isPattern(expected) ? text.search(expected) !== -1 : this.equals(text, expected);
  const wanted = `${isPattern(expected) ? "match" : "be"} ${show(expected)}`;
  return {
    pass,
    message: () =>
      pass
        ? `expected the text not to ${wanted}`
        : [`expected the text to ${wanted}`, `but it is ${show(text)}`, ...listFaults(reports)].join("\n"),
  };
}

async function toCallTool(
  this: MatcherContext,
  received: Inspectable,
  name: string,
  ...[expected]: readonly unknown[]
): Promise<MatcherResult> {
  const reports = await reportsOf(received);
  const calls = reports.flatMap(namedCalls);
  const ofTool = calls.filter((call) => call.name === name);
  const fitting = expected === undefined ? ofTool : ofTool.filter((call) => this.equals(inputOf(call), expected));
  const pass = fitting.length > 0;
  const what = expected === undefined ? name : `${name} with ${show(expected)}`;
  return {
    pass,
    message: () =>
      pass
        ? `expected the stream not to call ${what}, but it does`
        : [`expected the stream to call ${what}, but ${describeOthers(ofTool, calls)}`, ...listFaults(reports)].join(
            "\n",
          ),
  };
}

async function toPassCheck(
  this: MatcherContext,
  received: Inspectable,
  options: CheckOptions = {},
): Promise<MatcherResult> {
  const { demands, streams } = await withHint(async () => {
    refuseForCheck("toPassCheck", options);
    const asked = demandsOf(options);
    return { demands: asked, streams: await checkedOf(received, options, asked) };
  });
  const failed = streams.filter(({ exitCode }) => exitCode !== 0);
  const pass = failed.length === 0;
  return {
    pass,
    message: () =>
      pass
        ? "expected the check to fail, but it passes"
        : [`expected the check to pass, but it fails`, ...listFindings(failed, demands)].join("\n"),
  };
}

async function checkedOf(received: Inspectable, options: CheckOptions, demands: Demands): Promise<readonly Checked[]> {
  if (isReport(received)) return [judge(received, demands)];
  if (isInspection(received)) return judgeInspection(received, "input", demands);
  const isPlain = ["profile", "rules", "stallThreshold", "dialect", "framing", "name", "signal"].every(
    (name) => !(name in options),
  );
  const inspection = isPlain ? inspectOnce(received) : inspectChecked(received, options);
  return judgeInspection(inspection, nameOf(received, options), demands);
}

async function reportsOf(received: Inspectable): Promise<readonly Report[]> {
  if (isReport(received)) return [received];
  return withHint(() => (isInspection(received) ? received : inspectOnce(received)).reports);
}

/** Adds the hint of an error to its message, because test runners print nothing else. */
async function withHint<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError) || error.hint === null) throw error;
    throw new UserError(`${error.message}\n  ${error.hint}`, error.hint);
  }
}

/** A body can be read only once, and a test may check it several times. */
const inspections = new WeakMap<object, Inspection>();

function inspectOnce(input: Input): Inspection {
  if (typeof input === "string") return inspect(input);
  const known = inspections.get(input) ?? inspect(input);
  inspections.set(input, known);
  return known;
}

function isReport(received: unknown): received is Report {
  return typeof received === "object" && received !== null && "schema" in received && "verdict" in received;
}

function isInspection(received: unknown): received is Inspection {
  return typeof received === "object" && received !== null && "reports" in received && "findings" in received;
}

/** The input of a call: parsed if it is JSON. */
function inputOf({ arguments: text }: ToolCall): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return text;
  }
}

function describeOthers(ofTool: readonly ToolCall[], calls: readonly ToolCall[]): string {
  if (ofTool.length === 0) return plainLine(describeTools(calls.map(({ name }) => name)));
  return `it is called with ${ofTool.map((call) => show(inputOf(call))).join(", ")}`;
}

/** The findings of streams that failed, a possible cause. */
function listFaults(reports: readonly Report[]): string[] {
  return listFindings(reports.map((report) => judge(report, demandsOf({}))).filter(({ exitCode }) => exitCode !== 0));
}

/** `StringContaining "Hey"`; null if the value is not an asymmetric matcher. */
function nameOfMatcher(value: unknown): string | null {
  const isMatcher = typeof value === "object" && value !== null && "asymmetricMatch" in value;
  if (!isMatcher || typeof value.toString !== "function") return null;
  const sample = "sample" in value && value.sample !== undefined ? ` ${jsonText(value.sample)}` : "";
  // oxlint-disable-next-line typescript/no-base-to-string -- matchers have names of their own
  return `${value.toString()}${sample}`;
}

/** Also one of another realm, for example that of a Jest test. */
function isPattern(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === "[object RegExp]";
}

const MOST_LISTED = 10;

/** A line per finding, the deciding one first. Streams are untrusted: their text must not move the cursor. */
function listFindings(
  streams: readonly Checked[],
  { failOn }: Pick<Demands, "failOn"> = { failOn: "error" },
): string[] {
  return streams.flatMap((checked) => {
    const main = mainFindingOf(checked, failOn);
    const others = severities.flatMap((severity) =>
      checked.findings.filter((finding) => finding.severity === severity && finding !== main),
    );
    const all = main === null ? others : [main, ...others];
    const left = all.length - MOST_LISTED;
    const lines = all.slice(0, MOST_LISTED).map((finding) => describe(checked.source, finding));
    return left > 0 ? [...lines, `  and ${left} more`] : lines;
  });
}

/** `  error no-terminal at cut.sse:12: the input ends without a terminal event` */
function describe(source: string, finding: Finding): string {
  return plainLine(`  ${finding.severity} ${finding.rule} at ${placeOf(source, finding)}: ${describeFinding(finding)}`);
}

const LONGEST_SHOWN = 400;

function show(value: unknown): string {
  const text = isPattern(value) ? String(value) : (nameOfMatcher(value) ?? jsonText(value ?? null));
  return plainLine(cut(text, LONGEST_SHOWN));
}
