// Recorded streams of many programs, which lie outside the project: the environment variable SSESCOPE_RECORDINGS names their
// folder. In it, `expected.ndjson` says what a correct reading of each file gives. Bodies and event streams of AWS are read
// here, and not yet the files of recorders (`containers`).
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

/** They are noted without what Bedrock adds to a model's events: counts, and the text of agents. */
const EVENTSTREAM = "binary AWS event stream";
const BODY = /^(?:bodies|eventstream)\//;

const folder = process.env.SSESCOPE_RECORDINGS;
const recordings = folder ? readRecordings(folder) : [];
const bodies = recordings.filter(({ file, streams }) => BODY.test(file) && streams.every(isRead));

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
        ...lenient(recording, stream, reports),
      })),
    );
    const errors = reports.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"));
    const wrong = recording.noErrors === true ? errors.map(({ rule, line }) => `${rule}@${line}`) : [];
    expect(wrong).toEqual([]);
  });
});

/** Of what is read better now, what is said in place of what is not expected: that it is said at all. */
function lenient({ note }: Recording, expected: ExpectedStream, [report]: readonly Report[]): Partial<ExpectedStream> {
  const { verdict, usage, textLength } = summaryOf(report) ?? {};
  if (note === EVENTSTREAM) {
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
