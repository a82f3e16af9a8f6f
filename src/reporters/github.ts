// Annotations on GitHub, by workflow commands:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { severities, type Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import { countOf } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { describeEnd, nameOf, unlistedOf } from "./checked-stream.ts";
import { describeFinding, isFile } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";

/** What GitHub calls each severity. */
const kindOf = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

/** GitHub drops further annotations of a kind in the same step, and does not say so. */
const MOST_OF_KIND = 10;
const LONGEST_MESSAGE = 1000;
/** The name of a file must stay whole to be found; no file system has longer ones. */
const LONGEST_FILE = 4096;

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** An annotation for each finding that people are shown; of very many of a kind, how many more there are. */
export const github: Reporter = {
  name: "github",
  title: "annotations in GitHub Actions, at most 10 of each kind",
  create(page, { leastShown }) {
    const funnels = {
      error: createFunnel(page, "error"),
      warning: createFunnel(page, "warning"),
      info: createFunnel(page, "info"),
    };
    return {
      checked(checked) {
        const shown = checked.findings.filter(({ severity }) => isAsBadAs(severity, leastShown));
        const { source } = checked;
        const file = isFile(source) ? source : null;
        // A file's name stands beside the annotation; which of its streams it is does not.
        const prefix = file !== null && (checked.report?.stream ?? null) === null ? "" : `${nameOf(checked)}: `;
        for (const finding of shown) {
          const inBody = finding.bodyLine === undefined ? "" : `body line ${finding.bodyLine}: `;
          const message = prefix + inBody + describeFinding(finding);
          funnels[finding.severity].add({ title: finding.rule, message, file, line: finding.line });
        }
        for (const { severity, count } of unlistedOf(checked)) {
          if (isAsBadAs(severity, leastShown)) funnels[severity].addUnlisted(count);
        }
        // What fails the step is said, also where no finding says it.
        if (shown.length === 0 && checked.exitCode !== 0) funnels.error.add(annotationOfEnd(checked, prefix, file));
      },
      end() {
        for (const severity of severities) funnels[severity].end();
      },
    };
  },
};

function annotationOfEnd(checked: Checked, prefix: string, file: string | null): Annotation {
  return { title: checked.report?.verdict ?? "unreadable", message: prefix + describeEnd(checked), file, line: null };
}

interface Funnel {
  add(annotation: Annotation): void;
  /** Findings of which only the number is known. */
  addUnlisted(count: number): void;
  end(): void;
}

/** Lets 10 annotations through. The tenth waits: where more come, it gives its place to their number. */
function createFunnel(page: Page, severity: Severity): Funnel {
  let written = 0;
  let held: Annotation | null = null;
  /** Those that are not written, the held one aside. */
  let more = 0;

  function write(annotation: Annotation): void {
    page.write(`${commandOf(severity, annotation)}\n`);
  }

  return {
    add(annotation) {
      if (written < MOST_OF_KIND - 1) {
        written += 1;
        write(annotation);
      } else if (held === null) held = annotation;
      else more += 1;
    },
    addUnlisted(count) {
      more += count;
    },
    end() {
      if (held !== null && more === 0) return write(held);
      const left = more + (held === null ? 0 : 1);
      if (left === 0) return;
      const message = `${countOf(left, `more ${severity}`)}; --reporter json has them all`;
      write({ title: "ssescope", message, file: null, line: null });
    },
  };
}

function commandOf(severity: Severity, { title, message, file, line }: Annotation): string {
  const properties = [
    file === null ? null : `file=${escapeProperty(cutWithSize(file, LONGEST_FILE))}`,
    file === null || line === null ? null : `line=${line}`,
    `title=${escapeProperty(title)}`,
  ].filter((property) => property !== null);
  return `::${kindOf[severity]} ${properties.join(",")}::${escapeData(cutWithSize(message, LONGEST_MESSAGE))}`;
}

// As the runner undoes it; nothing but plain characters of one line is left to escape.
function escapeData(text: string): string {
  return plainLine(text).replaceAll("%", "%25");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
