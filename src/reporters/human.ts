// For people: each failing stream or, if there are many, their causes; and the totals.
import type { Checked, CheckResult } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { EXIT_OK } from "../model/exit-codes.ts";
import type { Severity } from "../model/finding.ts";
import { signOf } from "../views/headline.ts";
import { writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { countOf } from "../wording/counts.ts";
import { unlistedOf } from "./checked-stream.ts";
import { readExcerpt } from "./excerpt.ts";
import { isFile } from "./finding-words.ts";
import { EACH_STREAM, type HumanOptions } from "./human-options.ts";
import { plainLine } from "./plain-line.ts";
import { reasonOf } from "./reason.ts";
import type { Reporter } from "./reporter.ts";
import { shellWord } from "../wording/shell-word.ts";
import { writeBlock } from "./stream-block.ts";
import { createGroups, type StreamGroups } from "./stream-groups.ts";
import { createTotals, describeCounts, type Totals } from "./totals.ts";

/** With more failing streams than this, or more to show in total, their causes are listed. */
const MOST_FAILING = 10;
const MOST_BLOCKS = 50;
const HANGING = 2;

/** A block for each failing stream, or their causes. If all is well, it prints only on a terminal and in a CI. */
export const human: Reporter = {
  name: "human",
  extension: "txt",
  title: "failing streams, grouped by cause if there are many",
  create(page, { leastShown, failOn, isSeveral, human: chosen = EACH_STREAM }) {
    const totals = createTotals();
    /** Streams to show in the end; whether one by one or grouped is not yet known. */
    let waiting: Checked[] = [];
    let groups: StreamGroups | null =
      chosen.groupBy === null || chosen.groupBy === "source" ? null : createGroups(chosen.groupBy, failOn);
    let blocks = 0;
    /** The first stream for each exit code, and the rule that failed it; the next step looks at one of these. */
    const first = new Map<number, Suspect>();

    function write(checked: Checked): void {
      if (blocks > 0) page.write("\n");
      blocks += 1;
      writeBlock(page, checked, { leastShown, excerpts: chosen.hasExcerpts ? readExcerpt : null });
    }

    function show(checked: Checked): void {
      if (groups !== null) groups.add(checked);
      else if (chosen.groupBy === "source" || !isSeveral) write(checked);
      else {
        waiting.push(checked);
        if (totals.failing <= MOST_FAILING && waiting.length <= MOST_BLOCKS) return;
        groups = createGroups("rule", failOn);
        for (const each of waiting) groups.add(each);
        waiting = [];
      }
    }

    return {
      checked(checked) {
        totals.add(checked);
        const { exitCode, source } = checked;
        const reason = first.has(exitCode) ? null : reasonOf(checked, failOn);
        if (reason !== null) first.set(exitCode, { source, rule: reason.title });
        if (isWorthShowing(checked, leastShown, isSeveral, chosen)) show(checked);
      },
      end(result) {
        for (const checked of waiting) write(checked);
        groups?.write(page);
        const isShown = blocks > 0 || groups?.isEmpty === false;
        if (totals.failing === 0) writeSuccess(page, totals, result, isShown, isSeveral, chosen);
        else {
          if (result.streams > 1) writeFailures(page, totals, result, isSeveral, chosen);
          writeNext(page, first.get(result.exitCode));
        }
      },
    };
  },
};

interface Suspect {
  readonly source: string;
  readonly rule: string;
}

/** Streams that fail; also one that passes, if it is the only source or its warnings were requested. */
function isWorthShowing(
  checked: Checked,
  leastShown: Severity,
  isSeveral: boolean,
  { showsWarnings }: HumanOptions,
): boolean {
  if (checked.exitCode !== EXIT_OK) return true;
  if (isSeveral && !showsWarnings) return false;
  return [...checked.findings, ...unlistedOf(checked)].some(({ severity }) => isAsBadAs(severity, leastShown));
}

/** `✓ 292 streams checked, 33 warnings`: confirms that something was checked. */
function writeSuccess(
  page: Page,
  totals: Totals,
  { streams }: CheckResult,
  isShown: boolean,
  isSeveral: boolean,
  { isCi, showsWarnings }: HumanOptions,
): void {
  const { warning } = totals.severityCounts;
  // After a list of warnings, always print how many streams they are from.
  const isAsked = page.isTerminal || isCi || (isShown && streams > 1);
  if (!isAsked) return;
  if (isShown) page.write("\n");
  const { mark, paint } = signOf(EXIT_OK);
  page.write(`${mark} ${countOf(streams, "stream")} checked`, paint);
  if (warning > 0) page.write(`, ${countOf(warning, "warning")}`);
  if (warning > 0 && isSeveral && !showsWarnings) page.write(" (--warnings shows them)", "dim");
  page.write("\n");
}

/** `18 of 292 streams fail: 4 failed, 4 truncated`, and how many findings there are of each severity. */
function writeFailures(
  page: Page,
  totals: Totals,
  result: CheckResult,
  isSeveral: boolean,
  { showsWarnings }: HumanOptions,
): void {
  page.write("\n");
  const [count, ends] = totals.describeFailing();
  writeFlow(page, [{ text: `${count}:`, paint: "bad" }, { text: ` ${ends}` }], { start: 0, indent: HANGING });
  const hidden = isSeveral && !showsWarnings && totals.hiddenWarnings > 0 ? " (--warnings shows all)" : "";
  // On a terminal the next command names the decisive stream.
  const exit = page.isTerminal ? `exit ${result.exitCode}` : plainLine(totals.describeExit(result));
  const counts = `${describeCounts(totals.severityCounts)}${hidden}; ${exit}`;
  writeFlow(page, [{ text: counts, paint: "dim" }], { start: 0, indent: HANGING });
}

/** Prints the next command to type, for users at a terminal. */
function writeNext(page: Page, suspect: Suspect | undefined): void {
  if (!page.isTerminal || suspect === undefined) return;
  const { source, rule } = suspect;
  const command = isFile(source)
    ? `ssescope ${shellWord(source)} --around findings`
    : `ssescope rules ${shellWord(rule)}`;
  page.write("next: ", "dim");
  // On one line, so that it can be copied.
  page.writeInline(command);
  page.write("\n");
}
