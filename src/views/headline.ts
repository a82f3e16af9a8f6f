// The first line of the summary: what happened.
import { errorNameOf } from "../model/error-name.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { Report } from "../model/report.ts";
import { type Tone, verdictTable } from "../model/verdict.ts";
import { type Part, writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import type { Paint } from "../terminal/paint.ts";
import { cutWithSize } from "../wording/cut.ts";
import { MARKS } from "../wording/marks.ts";
import { describeCourse } from "./course.ts";

const LONGEST_CODE = 60;
const INDENT = 2;

/**
 * `✗ truncated  closed by the server after event 29 (line 88)  openai-responses  exit 5`. Its colour is that of the
 * exit code.
 */
export function writeHeadline(page: Page, report: Report): void {
  const { dialect, exitCode, interrupted } = report;
  const paint = paintOfEnd(report);
  const course = describeCourse(report);
  const parts: Part[] = [
    { text: `${MARKS[paint]} ${wordFor(report)}`, paint },
    ...(course === null ? [] : [{ text: `  ${course}`, paint: "bad" } as const]),
    ...(dialect === null ? [] : [{ text: `  ${dialect}` }]),
    ...(exitCode === EXIT_OK ? [] : [{ text: `  exit ${exitCode}`, paint: "dim" } as const]),
    ...(interrupted ? [{ text: "  interrupted", paint: "warning" } as const] : []),
  ];
  writeFlow(page, parts, { start: 0, indent: INDENT });
}

/** Good only if neither the stream nor a rule failed. Null: it could not be read. */
function paintOfEnd(report: Report | null): Tone {
  if (report === null || report.exitCode !== EXIT_OK) return "bad";
  return report.findings.some(({ severity }) => severity === "error") ? "warning" : "good";
}

interface Sign {
  readonly mark: string;
  readonly paint: Paint;
}

/** The mark and colour for the end of a stream; null: it could not be read. */
export function signOfEnd(report: Report | null): Sign {
  const paint = paintOfEnd(report);
  return { mark: MARKS[paint], paint };
}

/** The mark and colour for an exit code. */
export function signOf(exitCode: number): Sign {
  const paint = exitCode === EXIT_OK ? "good" : "bad";
  return { mark: MARKS[paint], paint };
}

/** The verdict; for a failure, with its code. */
function wordFor(report: Report): string {
  if (report.verdict !== "failed") return report.verdict;
  const code = errorNameOf(report);
  return code === null ? report.verdict : `${report.verdict} ${cutWithSize(code, LONGEST_CODE)}`;
}

/** Whether nothing arrived because there was no connection: then only the reason is reported. */
export function neverConnected({ verdict, endedBy, bytes, http }: Report): boolean {
  return verdictTable[verdict].rule === "transport-error" && endedBy === null && bytes === 0 && http === null;
}
