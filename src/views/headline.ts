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

/** A silence that may say why a stream is unfinished. */
const SILENT_MS = 1000;
/** An unfinished stream that we left after so long a silence hung. */
const HUNG_MS = 5000;
const LONGEST_CODE = 60;
const INDENT = 2;

/** `✗ truncated  closed by the server after event 29 (line 88)  openai-responses  exit 5`. Its colour is that of the exit code. */
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

/** Green only where nothing failed: neither the stream nor a rule. Null: it could not be read. */
function paintOfEnd(report: Report | null): Tone {
  if (report === null || report.exitCode !== EXIT_OK) return "bad";
  return report.findings.some(({ severity }) => severity === "error") ? "warning" : "good";
}

interface Sign {
  readonly mark: string;
  readonly paint: Paint;
}

/** The mark and the colour of how a stream ended; null: it could not be read. */
export function signOfEnd(report: Report | null): Sign {
  const paint = paintOfEnd(report);
  return { mark: MARKS[paint], paint };
}

/** The mark and the colour of what ended with an exit code. */
export function signOf(exitCode: number): Sign {
  const paint = exitCode === EXIT_OK ? "good" : "bad";
  return { mark: MARKS[paint], paint };
}

/** `hung`, else the verdict; of a failure with its code. */
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

/** Whether it went silent before its end, and it was not the server that closed it. */
function isHung(report: Report): boolean {
  const { endedBy, timing } = report;
  const isLeft = endedBy === "timeout" || endedBy === "signal" || endedBy === "client";
  return isUnfinished(report) && isLeft && (timing?.silenceAtEndMs ?? 0) >= HUNG_MS;
}

/**
 * Who ended an unfinished stream, after which event, and how long none came before that; null if it is finished, or a file
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

/** The ends that are worth a word. An interrupt has one already, and so has the error of a timeout. */
const ENDERS: Readonly<Partial<Record<EndedBy, string>>> = {
  server: "closed by the server",
  "server-reset": "reset by the server",
  client: "the client left",
};

/** Whether nothing came because there was no connection: then all that can be said is why. */
export function neverConnected({ verdict, endedBy, bytes, http }: Report): boolean {
  return verdictTable[verdict].rule === "transport-error" && endedBy === null && bytes === 0 && http === null;
}
