// The first line of the summary: what happened.
import type { EndedBy } from "../model/ended-by.ts";
import { errorNameOf } from "../model/error-name.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { Report } from "../model/report.ts";
import { type Tone, type Verdict, verdictTable } from "../model/verdict.ts";
import { type Part, writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import type { Paint } from "../terminal/paint.ts";
import { cutWithSize } from "../wording/cut.ts";
import { formatMeasured } from "../wording/durations.ts";
import { MARKS } from "../wording/marks.ts";

/** A silence that may explain why a stream is unfinished. */
const SILENT_MS = 1000;
/** An unfinished stream that we left after this much silence counts as hung. */
const HUNG_MS = 5000;
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

/** `hung`, or the verdict; for a failure, with its code. */
function wordFor(report: Report): string {
  if (isHung(report)) return "hung";
  if (report.verdict !== "failed") return report.verdict;
  const code = errorNameOf(report);
  return code === null ? report.verdict : `${report.verdict} ${cutWithSize(code, LONGEST_CODE)}`;
}

const UNFINISHED: ReadonlySet<Verdict> = new Set(["truncated", "transport-error"]);

function isUnfinished({ verdict, responses }: Report): boolean {
  return UNFINISHED.has(responses.at(-1)?.verdict ?? verdict);
}

/** Whether it went silent before its end, and the server did not close it. */
function isHung(report: Report): boolean {
  const { endedBy, timing } = report;
  const isLeft = endedBy === "timeout" || endedBy === "signal" || endedBy === "client";
  return isUnfinished(report) && isLeft && (timing?.silenceAtEndMs ?? 0) >= HUNG_MS;
}

/**
 * What ended an unfinished stream, after which event and how long a silence; null if it is finished, or if it is a file
 * that simply ends.
 */
function describeCourse(report: Report): string | null {
  if (!isUnfinished(report)) return null;
  const { timing, endedBy } = report;
  const { silenceAtEndMs = null, lastEvent = null } = timing ?? {};
  const ender = endedBy === null ? undefined : ENDERS[endedBy];
  const isSilent = silenceAtEndMs !== null && silenceAtEndMs >= SILENT_MS;
  const silence = isSilent ? `no data for ${formatMeasured(silenceAtEndMs)}` : undefined;
  const parts = [ender, silence].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  const after = lastEvent === null ? "" : ` after event ${lastEvent.event} (line ${lastEvent.line})`;
  return `${parts.join(", ")}${after}`;
}

/** The ends that are mentioned. An interrupt and the error of a timeout are reported elsewhere. */
const ENDERS: Readonly<Partial<Record<EndedBy, string>>> = {
  server: "closed by the server",
  "server-reset": "reset by the server",
  client: "the client left",
};

/** Whether nothing arrived because there was no connection: then only the reason is reported. */
export function neverConnected({ verdict, endedBy, bytes, http }: Report): boolean {
  return verdictTable[verdict].rule === "transport-error" && endedBy === null && bytes === 0 && http === null;
}
