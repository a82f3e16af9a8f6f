import type { Report } from "../../src/model/report.ts";
import { run, type RunOptions } from "./io.ts";

/** The report that `--json` gives of standard input. Throws where it gives none. */
export async function reportOf(input: string | NonNullable<RunOptions["stdin"]>, ...argv: string[]): Promise<Report> {
  const { stdout } = await run(["--json", ...argv], { stdin: typeof input === "string" ? [input] : input });
  return parseReport(stdout);
}

/** Reads one report as it was printed. Throws where it is none. */
export function parseReport(json: string): Report {
  const value: unknown = JSON.parse(json);
  if (!isReport(value)) throw new Error(`no report: ${json.slice(0, 200)}`);
  return value;
}

/** The records of an NDJSON output, of which every line is whole. */
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
