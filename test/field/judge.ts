// What differs between what a case must give and what the program says of it.
import type { Report } from "../../src/model/report.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";
import type { Expected, FieldCase } from "./cases.ts";

export interface Seen {
  readonly report: Report;
  readonly exit: number;
  readonly checkExit: number;
  readonly stdout: string;
}

/** Runs a case as a file, or, if `stdin` is given, from standard input. */
export async function see({ path, args }: FieldCase, stdin: Uint8Array | null): Promise<Seen> {
  const [source, options] = stdin === null ? [path, {}] : ["-", { stdin: [stdin] }];
  const { exitCode: exit, stdout } = await run([...args, source], options);
  const { exitCode: checkExit } = await run(["check", "--no-config", ...args, source], options);
  const { stdout: json } = await run(["--json", ...args, source], options);
  return { report: parseReport(json), exit, checkExit, stdout };
}

/** What differs, in words; none if all holds. */
export function differences({ either, ...expected }: Expected, seen: Seen): string[] {
  const differing = differ(expected, seen);
  const ways = (either ?? []).map((way) => differences(way, seen));
  return ways.length === 0 || ways.some((way) => way.length === 0) ? differing : [...differing, ...ways.flat()];
}

function differ(expected: Omit<Expected, "either">, { report, exit, checkExit, stdout }: Seen): string[] {
  const { responses } = report;
  const tools = responses.flatMap(({ items }) => items.flatMap(({ name }) => name ?? []));
  const errors = report.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
  const checks: [string, boolean, unknown][] = [
    ["verdict", allows(expected.verdict, report.verdict), report.verdict],
    ["dialect", allows(expected.dialect, report.dialect), report.dialect],
    ["framing", allows(expected.framing, report.framing), report.framing],
    ["exit", allows(expected.exit, exit), exit],
    ["checkExit", allows(expected.checkExit, checkExit), checkExit],
    ["text", allows(expected.text, responses.map(({ text }) => text).join("")), responses.map(({ text }) => text)],
    ["stdout", allows(expected.stdout, stdout.replace(/\n$/, "")), stdout],
    ["usage", hasUsage(expected.usage, report), responses.map(({ usage }) => usage)],
    ["tool", expected.tool === undefined || tools.some((name) => allows(expected.tool, name)), tools],
    ["finding", hasFinding(expected.finding, report), report.findings.map(({ rule, line }) => `${rule}@${line}`)],
    ["noErrors", expected.noErrors !== true || errors.length === 0, errors],
  ];
  return checks.flatMap(([key, holds, there]) => (holds ? [] : [`${key}: ${JSON.stringify(there)}`]));
}

function allows<Value>(want: Value | readonly Value[] | undefined, value: Value): boolean {
  return want === undefined || want === value || (Array.isArray(want) && want.includes(value));
}

function hasUsage(want: Expected["usage"], { responses }: Report): boolean {
  if (want === undefined) return true;
  const usages = responses.flatMap(({ usage }) => usage ?? []);
  if (want === null) return usages.length === 0;
  return usages.some(({ inputTokens, outputTokens, totalTokens }) =>
    [inputTokens, outputTokens, totalTokens].every((count, index) => allows(want[index], count)),
  );
}

/** Findings, and beside them what the report and its responses say of an error, which has no line. */
function hasFinding(want: Expected["finding"], report: Report): boolean {
  if (want === undefined) return true;
  const errors = [report.error, ...report.responses.map(({ error }) => error)].flatMap((error) => error ?? []);
  const said = errors.map(({ type, code, message }) => ({
    severity: "error" as const,
    line: null,
    text: `${report.verdict}: ${[type, code, message].filter((word) => word !== null).join(" ")}`,
  }));
  const found = report.findings.map(({ severity, line, rule, message }) => ({
    severity,
    line,
    text: `${rule}: ${message}`,
  }));
  const says = new RegExp(want.says, "i");
  return [...found, ...said].some(
    ({ severity, line, text }) => says.test(text) && allows(want.severity, severity) && allows(want.line, line),
  );
}
