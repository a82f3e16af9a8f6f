// Help of `ssescope stats`.
import { folderHelp } from "../../check/folder.ts";
import { EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from "../../model/exit-codes.ts";
import { type End, isFailure, UNREADABLE, verdicts } from "../../model/verdict.ts";
import { LEVEL } from "../../stats/comparison.ts";
import { MOST_EXACT, SKETCH_ERROR } from "../../stats/distribution.ts";
import { FEWEST, MOST_GROUPS } from "../../stats/limits.ts";
import { formatCount } from "../../wording/counts.ts";
import type { Example, HelpSection } from "../command.ts";

export function examples(): readonly Example[] {
  return [
    { command: "ssescope stats captures/", meaning: "print verdicts, times and tokens by model" },
    { command: "ssescope stats --by day,model session/", meaning: "print how each model did on each day" },
    {
      command: "ssescope stats after/ --against before/",
      meaning: "exit with 1 if something got significantly worse",
    },
    {
      command: "ssescope stats --format html captures/ > stats.html",
      meaning: "write a page with histograms for a browser",
    },
    {
      command:
        "ssescope stats https://api.openai.com/v1/responses \\\n" +
        "  --bearer-env OPENAI_API_KEY -d @request.json \\\n" +
        "  --repeat 50 --rate 30/m --record runs/",
      meaning: "repeat a request, and keep each stream",
    },
    { command: "ssescope stats --by request.path --json rows.ndjson", meaning: "read rows or reports written earlier" },
    {
      command: "ssescope check --reporter rows captures/ \\\n  | ssescope stats --by folder",
      meaning: "read them from a pipe",
    },
  ];
}

const PERCENT = 100;
const ends: readonly End[] = [...verdicts, UNREADABLE];

export async function helpSections(): Promise<readonly HelpSection[]> {
  return [
    {
      title: "Sources",
      text:
        "Captures, folders, patterns and URLs as for check; folders of tap --record; and earlier output of ssescope: " +
        "--json, --reporter json, ndjson or rows. In a tap --record folder, stats reads exchanges.ndjson, plus any " +
        `capture not listed there. A source that is named twice counts once; rows in several files count each time. ${folderHelp}`,
    },
    {
      title: "Repeated requests",
      text:
        "With --repeat, the source is one URL, and every result counts, including HTTP 429 and failed connections. " +
        "Each request uses a new connection. Ctrl-C prints the statistics without the streams that it cut.",
    },
    {
      title: "Numbers",
      rows: [
        ["count", "results: responses, and streams and sources without any; shares are relative to it"],
        ["failed", `the verdicts ${ends.filter(isFailure).join(", ")}`],
        ["p50, p95 …", "quantiles: 95 % of the values are equal to p95 or lower; p50 is the median"],
        ["n, reported", "how many results have the value"],
        ["spread", "how often each value occurs, from low to high; the scale is the same for all groups"],
        ["times", "ssescope help timing explains first token, longest gap (gaps), silence at end, total and tokens/s"],
      ],
    },
    {
      title: "Quantiles",
      text:
        `Up to ${formatCount(MOST_EXACT)} values of a group are exact: p95 is the smallest measured value for which ` +
        `the rule above holds. More values are within ${SKETCH_ERROR * PERCENT} % (DDSketch). Up to ` +
        `${formatCount(MOST_GROUPS)} groups are kept separate.`,
    },
    {
      title: "Comparison with --against",
      text:
        "Each group is compared with the group of the same name in the earlier sources: its times, failures and " +
        "findings. A difference is worse or better if it is unlikely to be chance, and large enough to matter; the " +
        `others may be noise. The chance of even one false alarm is ${LEVEL * PERCENT} %. Groups with fewer than ` +
        `${FEWEST} values on a side are not tested.`,
      rows: [
        ["times", "Mann-Whitney U test; for the slowest 5 %, Fisher's exact test"],
        ["shares", "of failures and of each rule: Fisher's exact test"],
        ["p", "corrected for the number of tests (Holm)"],
      ],
    },
    {
      title: "Exit codes",
      rows: [
        [String(EXIT_OK), "the statistics were computed, whatever they show, even if requests failed"],
        [String(EXIT_FINDINGS), "--against: something is significantly worse"],
        [
          String(EXIT_USAGE),
          "wrong usage, unreadable sources or reports, no stream in any source, or --against could compare nothing",
        ],
        [String(EXIT_INTERRUPTED), "interrupted; the statistics so far are printed"],
      ],
    },
  ];
}
