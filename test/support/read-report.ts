import type { Report } from "../../src/model/report.ts";
import { run, type RunOptions } from "./io.ts";

/** The report that `--json` prints for standard input. Throws if there is none. */
export async function reportOf(input: string | NonNullable<RunOptions["stdin"]>, ...argv: string[]): Promise<Report> {
  const { stdout } = await run(["--json", ...argv], { stdin: typeof input === "string" ? [input] : input });
  return parseReport(stdout);
}

/** Parses a printed report. Throws if it is not one. */
export function parseReport(json: string): Report {
  const value: unknown = JSON.parse(json);
  if (!isReport(value)) throw new Error(`no report: ${json.slice(0, 200)}`);
  return value;
}

/** The records of an NDJSON output. Throws if the last line is incomplete. */
export function parseRecords(output: string): unknown[] {
  if (!output.endsWith("\n")) throw new Error(`the last line has no end: ${output.slice(-200)}`);
  return output
    .slice(0, -1)
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "schema" in value && value.schema === "ssescope/report@1";
}
