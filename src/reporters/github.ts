// Annotations on GitHub, written as workflow commands:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { severities, type Severity } from "../model/finding.ts";
import { countOf } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { nameOf, unlistedOf } from "./checked-stream.ts";
import { type Choice, createChoice } from "./choice.ts";
import { describeFinding, isFile } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import { type Reason, reasonOf } from "./reason.ts";
import type { Reporter } from "./reporter.ts";

/** GitHub's name for each severity. */
const kindOf = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

/** GitHub silently drops further annotations of a kind in the same step. */
const MOST_OF_KIND = 10;
const LONGEST_MESSAGE = 1000;
/** The file name must be complete to be found; file systems have no longer ones. */
const LONGEST_FILE = 4096;

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/**
 * Failing streams first, with one annotation each that gives the reason; then the other findings to show. If there are
 * more than GitHub shows, some of every cause, and the number of the rest.
 */
export const github: Reporter = {
  name: "github",
  extension: "txt",
  title: "annotations in GitHub Actions, failing streams first",
  create(page, { leastShown, failOn }) {
    /** Shown as errors, whatever the severity of their reasons, because they fail the step. */
    const failing = createChoice<Annotation>(MOST_OF_KIND);
    const others = { error: createOthers(), warning: createOthers(), info: createOthers() };
    return {
      checked(checked) {
        const reason = reasonOf(checked, failOn);
        const { exitCode } = checked;
        if (reason !== null) {
          failing.add({ value: annotationOf(reason, checked), cause: reason.title, exitCode });
        }
        for (const finding of checked.findings) {
          const { severity, rule } = finding;
          if (finding === reason?.finding || !isAsBadAs(severity, leastShown)) continue;
          const value = annotationOf({ title: rule, message: describeFinding(finding), finding }, checked);
          others[severity].choice.add({ value, cause: rule, exitCode });
        }
        for (const { severity, count } of unlistedOf(checked)) {
          if (isAsBadAs(severity, leastShown)) others[severity].unlisted += count;
        }
      },
      end() {
        for (const severity of severities) {
          const streams = severity === "error" ? failing : null;
          for (const annotation of annotationsOf(severity, streams, others[severity])) {
            page.write(`${commandOf(severity, annotation)}\n`);
          }
        }
      },
    };
  },
};

interface Others {
  readonly choice: Choice<Annotation>;
  /** Findings that were counted but not kept. */
  unlisted: number;
}

function createOthers(): Others {
  return { choice: createChoice(MOST_OF_KIND), unlisted: 0 };
}

/** The annotations of a kind: all, if GitHub shows that many; else one less, and the number of the rest. */
function annotationsOf(
  severity: Severity,
  failing: Choice<Annotation> | null,
  { choice, unlisted }: Others,
): Annotation[] {
  const streams = failing?.count ?? 0;
  const isAll = streams + choice.count + unlisted <= MOST_OF_KIND && unlisted === 0;
  const room = isAll ? MOST_OF_KIND : MOST_OF_KIND - 1;
  const first = failing?.choose(room) ?? [];
  const rest = choice.choose(room - first.length);
  if (isAll) return [...first, ...rest];
  const left = [
    ["failing stream", streams - first.length],
    [severity, choice.count + unlisted - rest.length],
  ] as const;
  const counts = left.filter(([, count]) => count > 0).map(([noun, count]) => countOf(count, `more ${noun}`));
  const message = `${counts.join(", ")}; --reporter json has them all`;
  return [...first, ...rest, { title: "ssescope", message, file: null, line: null }];
}

function annotationOf({ title, message, finding }: Reason, checked: Checked): Annotation {
  const { source, report } = checked;
  const file = isFile(source) ? source : null;
  // GitHub shows the file's name beside the annotation, but not which of its streams it is.
  const prefix = file !== null && (report?.stream ?? null) === null ? "" : `${nameOf(checked)}: `;
  const inBody = finding?.bodyLine === undefined ? "" : `body line ${finding.bodyLine}: `;
  const text = cutWithSize(prefix + inBody + message, LONGEST_MESSAGE);
  return {
    title,
    message: text,
    file: file === null ? null : cutWithSize(file, LONGEST_FILE),
    line: finding?.line ?? null,
  };
}

function commandOf(severity: Severity, { title, message, file, line }: Annotation): string {
  const properties = [
    file === null ? null : `file=${escapeProperty(file)}`,
    file === null || line === null ? null : `line=${line}`,
    `title=${escapeProperty(title)}`,
  ].filter((property) => property !== null);
  return `::${kindOf[severity]} ${properties.join(",")}::${escapeData(message)}`;
}

// Escapes what the runner unescapes; plainLine leaves only plain characters on one line.
function escapeData(text: string): string {
  return plainLine(text).replaceAll("%", "%25");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
