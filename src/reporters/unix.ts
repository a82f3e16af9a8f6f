// `file:line:column: severity: message [rule]`, one line for each finding, in the format of compilers: editors and
// problem matchers open the place.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import type { Severity } from "../model/finding.ts";
import { countOf } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { unlistedOf } from "./checked-stream.ts";
import { describeFinding, shownSource } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import { reasonOf } from "./reason.ts";
import type { Reporter } from "./reporter.ts";

/** Findings without a line get the first one: matchers drop them otherwise. */
const FIRST = 1;
const LONGEST_TEXT = 1000;

export const unix: Reporter = {
  name: "unix",
  extension: "txt",
  title: "file:line:column: severity: message [rule], for editors",
  create(page, { leastShown, failOn }) {
    function write(checked: Checked, line: number | null, severity: Severity, message: string, rule: string): void {
      const place = `${plainLine(shownSource(checked.source))}:${line ?? FIRST}:${FIRST}`;
      page.write(`${place}: ${severity}: ${plainLine(cutWithSize(message, LONGEST_TEXT))} [${rule}]\n`);
    }

    return {
      checked(checked) {
        const stream = checked.report?.stream ?? null;
        const ofStream = stream === null ? "" : `${stream.name ?? `stream at line ${stream.line}`}: `;
        const shown = checked.findings.filter(({ severity }) => isAsBadAs(severity, leastShown));
        for (const finding of shown) {
          const inBody = finding.bodyLine === undefined ? "" : `body line ${finding.bodyLine}: `;
          const message = ofStream + inBody + describeFinding(finding);
          write(checked, finding.line, finding.severity, message, finding.rule);
        }
        for (const { rule, severity, count } of unlistedOf(checked)) {
          if (isAsBadAs(severity, leastShown)) {
            write(checked, null, severity, `${ofStream}${countOf(count, "more finding")}`, rule);
          }
        }
        const reason = reasonOf(checked, failOn);
        if (reason !== null && reason.finding === null && shown.length === 0) {
          write(checked, null, "error", ofStream + reason.message, reason.title);
        }
      },
    };
  },
};
