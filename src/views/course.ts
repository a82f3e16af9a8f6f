// Why a stream is unfinished, in the same words in every output: who ended it, after which silence and event.
import type { EndedBy } from "../model/ended-by.ts";
import type { Report } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";
import { formatMeasured } from "../wording/durations.ts";

/** A silence that may explain why a stream is unfinished. */
const SILENT_MS = 1000;
/** An unfinished stream that we left after this much silence counts as hung. */
const HUNG_MS = 5000;

/**
 * Who ended an unfinished stream, after which silence and event: `closed by the server after event 29 (line 88)`, or
 * `hung: no data for 15.0 s after event 29 (line 88)` if it went silent and the server did not close it. Null if it is
 * finished, or if it is a file that simply ends.
 */
export function describeCourse(report: Report): string | null {
  if (!isUnfinished(report)) return null;
  const { timing, endedBy, interrupted } = report;
  const { silenceAtEndMs = null, lastEvent = null } = timing ?? {};
  const ender = endedBy === null || interrupted ? undefined : ENDERS[endedBy];
  const isSilent = silenceAtEndMs !== null && silenceAtEndMs >= SILENT_MS;
  const silence = isSilent ? `no data for ${formatMeasured(silenceAtEndMs)}` : undefined;
  const parts = [ender, silence].filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  const after = lastEvent === null ? "" : ` after event ${lastEvent.event} (line ${lastEvent.line})`;
  return `${isHung(report) ? "hung: " : ""}${parts.join(", ")}${after}`;
}

const UNFINISHED: ReadonlySet<Verdict> = new Set(["truncated", "transport-error"]);

function isUnfinished({ verdict, responses }: Report): boolean {
  return UNFINISHED.has(responses.at(-1)?.verdict ?? verdict);
}

/** Whether it went silent before its end, and the server did not close it. */
function isHung({ endedBy, timing }: Report): boolean {
  const isLeft = endedBy === "timeout" || endedBy === "signal" || endedBy === "client";
  return isLeft && (timing?.silenceAtEndMs ?? 0) >= HUNG_MS;
}

/** The ends that are mentioned. An interrupt of this reading and the error of a timeout are reported elsewhere. */
const ENDERS: Readonly<Partial<Record<EndedBy, string>>> = {
  server: "closed by the server",
  "server-reset": "reset by the server",
  client: "the client left",
  signal: "recording interrupted",
};
