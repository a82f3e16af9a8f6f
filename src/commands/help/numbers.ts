// Definitions of times and exit codes, for `ssescope --help`.
import { exitMeanings } from "../../model/exit-codes.ts";
import { timingDefinitions } from "../../model/timing.ts";
import type { HelpSection } from "../command.ts";

const WIDEST_CODE = 3;

export const timeSection: HelpSection = {
  title: "Times (in the report: timing; for check: ttft, gap.p95 …)",
  rows: timingDefinitions,
};

export const exitCodeSection: HelpSection = {
  title: "Exit codes",
  rows: exitMeanings().map(({ exitCode, verdict, meaning }) => [
    String(exitCode).padStart(WIDEST_CODE),
    verdict === null ? meaning : `${verdict}: ${meaning}`,
  ]),
};

export const numberSections: readonly HelpSection[] = [timeSection, exitCodeSection];
