// Prints a line for each request of a watched program, when its response is over.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import type { Report } from "../model/report.ts";
import { totalMsOf } from "../model/total-ms.ts";
import { describeCourse } from "../views/course.ts";
import { signOf } from "../views/headline.ts";
import { paintOfSeverity } from "../views/paints.ts";
import { formatTokens } from "../views/table.ts";
import { countOf } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { formatDuration } from "../wording/durations.ts";
import { endOf, nameOf } from "./checked-stream.ts";
import { describeFinding } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

const LONGEST_PATH = 60;
const LONGEST_TEXT = 200;
/** Limit for one exchange; `--reporter human` shows all. */
const MOST_FINDINGS = 3;

export const exchanges: Reporter = {
  name: "exchanges",
  extension: "txt",
  title: "one line per request: model, verdict, tokens, times, findings",
  create(page, { leastShown }) {
    const totals = createTotals();
    return {
      checked(checked) {
        totals.add(checked);
        page.endLine();
        page.writeInline(`${plainLine(describeRequest(checked))}  `);
        page.writeInline(endOf(checked), signOf(checked.exitCode).paint);
        page.writeInline(plainLine(describeFigures(checked)));
        page.write("\n");
        const shown = checked.findings.filter(({ severity }) => isAsBadAs(severity, leastShown));
        for (const finding of shown.slice(0, MOST_FINDINGS)) {
          page.writeInline(`    ${finding.severity} `, paintOfSeverity[finding.severity]);
          page.writeInline(`${finding.rule}: `, "name");
          page.writeInline(plainLine(cutWithSize(describeFinding(finding), LONGEST_TEXT)));
          page.write("\n");
        }
        const left = shown.length - MOST_FINDINGS;
        if (left > 0) page.write(`    and ${countOf(left, "more finding")}\n`, "dim");
      },
      end(result) {
        page.endLine();
        page.writeInline(`${totals.describeStreams()}; ${describeCounts(totals.severityCounts)}; `);
        page.writeInline(plainLine(totals.describeExit(result)), result.exitCode === 0 ? "good" : "bad");
        page.write("\n");
      },
    };
  },
};

/** `#3 POST /v1/responses gpt-5`; the source if the request is unknown. */
function describeRequest(checked: Checked): string {
  const request = checked.report?.request ?? null;
  if (request === null) return nameOf(checked);
  const { exchange, method, path, model } = request;
  const number = exchange === undefined ? [] : [`#${exchange}`];
  return [...number, method, cutWithSize(path, LONGEST_PATH), ...modelOf(checked.report, model)].join(" ");
}

/** The model that responded, which is more specific than the requested one. */
function modelOf(report: Report | null, asked: string | null): readonly string[] {
  const model = report?.responses.find((response) => response.model !== null)?.model ?? asked;
  return model === null ? [] : [model];
}

/** `, 18 tokens, first token 320 ms, total 3.6 s, the client left first`, as far as known. */
function describeFigures({ report }: Checked): string {
  if (report === null) return "";
  const { http, responses, endedBy } = report;
  const totalMs = totalMsOf(report);
  const firstMs = responses.map(({ timing: own }) => own?.ttftMs ?? null).find((ms) => ms !== null) ?? null;
  const tokens = formatTokens(report);
  const parts = [
    http === null || http.status < FIRST_ERROR_STATUS ? null : `HTTP ${http.status}`,
    tokens === "-" ? null : `${tokens} tokens`,
    firstMs === null ? null : `first token ${formatDuration(firstMs)}`,
    totalMs === null ? null : `total ${formatDuration(totalMs)}`,
    describeCourse(report) ?? (endedBy === null ? null : (ENDERS[endedBy] ?? null)),
  ];
  return parts
    .filter((part) => part !== null)
    .map((part) => `, ${part}`)
    .join("");
}

const FIRST_ERROR_STATUS = 400;

/** Remarkable values of `endedBy`, for streams without a course. */
const ENDERS: Readonly<Partial<Record<NonNullable<Report["endedBy"]>, string>>> = {
  "server-reset": "reset by the server",
  client: "the client left first",
  timeout: "timed out",
  signal: "stopped",
};
