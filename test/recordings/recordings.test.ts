// Recorded streams of many programs, which lie outside the project: the environment variable SSESCOPE_RECORDINGS names their
// folder. In it, `expected.ndjson` says what a correct reading of each file gives: of bodies, event streams of AWS, and the files
// of recorders (`containers`).
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
  "containers/httprr/langchaingo-testclient-createmessagestream.httprr": { usage: [15, 13, 28] },
  "containers/httprr/langchaingo-testwithformat.httprr": { usage: [25, 9, 34] },
  // "Input includes audio where the total shows it": 11 + 375 + 15 = 401.
  "bodies/rig-streaming-agent-sends-audio.yaml.sse": { usage: [386, 15, 401] },
};
/** Dumps of Google's SDK, in snake_case: their finish reason and usage are read now. */
const SDK_DUMP = "SDK dump in snake_case";

/** They are noted without what Bedrock adds to a model's events: counts, and the text of agents. */
const EVENTSTREAM = /^binary AWS event stream$|\+eventstream$/;
/** The recorder kept their bodies in files of their own, which are not among the recordings. */
const BODY_ELSEWHERE = /^containers\/wiremock\//;

const folder = process.env.SSESCOPE_RECORDINGS;
const recordings = folder ? readRecordings(folder) : [];
const read = recordings.filter(({ file, streams }) => !BODY_ELSEWHERE.test(file) && streams.every(isRead));
const withoutBody = recordings.filter(({ file }) => BODY_ELSEWHERE.test(file));

test("The recordings are there to be read.", ({ skip }) => {
  skip(folder === undefined, "SSESCOPE_RECORDINGS names no folder of recordings");
  expect(read.length).toBeGreaterThan(120);
});

describe.runIf(folder !== undefined)("A recorded stream", () => {
  test.each(read)("is read as it was recorded: $file", async (recording) => {
    const { stdout } = await run(["--json", join(folder ?? "", recording.file)]);
    const reports = stdout.split(/\n(?=\{)/).map(parseReport);
    expect(reports).toHaveLength(recording.streams.length || reports.length);
    expect(recording.streams.map((_, index) => summaryOf(reports[index]))).toEqual(
      recording.streams.map((stream, index) => ({
        ...stream,
        ...READ_BETTER[recording.file],
        ...lenient(recording, stream, reports[index]),
      })),
    );
    const errors = reports.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
    const wrong = recording.noErrors === true ? errors.map(({ rule, line }) => `${rule}@${line}`) : [];
    expect(wrong).toEqual([]);
  });

  test.each(withoutBody)("is named, if its body is in a file that is missing: $file", async ({ file }) => {
    const { stdout } = await run(["--json", join(folder ?? "", file)]);
    expect(parseReport(stdout)).toMatchObject({
      verdict: "not-a-stream",
      error: { message: expect.stringContaining("which was not found in __files") },
    });
  });
});

/** Of what is read better now, what is said in place of what is not expected: that it is said at all. */
function lenient({ note }: Recording, expected: ExpectedStream, report: Report | undefined): Partial<ExpectedStream> {
  const { verdict, usage, textLength } = summaryOf(report) ?? {};
  if (EVENTSTREAM.test(note)) {
    const isAgent = expected.dialect === "bedrock-agent";
    const [input, output, total] = expected.usage ?? [];
    const [, , computed] = usage ?? [];
    return {
      ...(isAgent && { textLength: Math.max(textLength ?? 0, 1) }),
      usage: expected.usage === null ? (usage ?? null) : [input ?? null, output ?? null, total ?? computed ?? null],
    };
  }
  if (!note.startsWith(SDK_DUMP)) return {};
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
    textLength: Array.from(responses.map(({ text }) => text).join("")).length,
    usage: usage === undefined ? null : [usage.inputTokens, usage.outputTokens, usage.totalTokens],
    events,
  };
}

/** No dialect is expected of what is no stream. */
function isRead({ dialect }: ExpectedStream): boolean {
  return dialect === "" || dialects.some(({ name }) => name === dialect);
}

function readRecordings(folder: string): Recording[] {
  const lines = readFileSync(join(folder, "expected.ndjson"), "utf8").trim().split("\n");
  return lines.map((line): Recording => JSON.parse(line));
}
