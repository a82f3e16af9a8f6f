// JUnit XML for CI systems: a suite for each stream, with a case for the stream and one for each expectation.
import { basename } from "node:path";
import type { XmlBuilderOptions } from "fast-xml-builder";
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { EXPECTATION } from "../check/outcome-rules.ts";
import { EXIT_FINDINGS } from "../model/exit-codes.ts";
import type { Finding } from "../model/finding.ts";
import { formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf, unlistedOf } from "./checked-stream.ts";
import { classNameOf } from "./class-name.ts";
import { describeFinding, isFile, placeOf } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import { type Reason, reasonOf } from "./reason.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

const ATTRIBUTE = "@";
const TEXT = "#text";
/** In ms. */
const SECOND = 1000;
const LONGEST_NAME = 1000;
const LONGEST_TEXT = 4000;

const builderOptions = {
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  ignoreAttributes: false,
  suppressEmptyNode: true,
  format: true,
} satisfies XmlBuilderOptions;

/** Suites wait until the XML library is loaded, and are then written at once. */
export const junit: Reporter = {
  name: "junit",
  extension: "xml",
  title: "JUnit XML: a test case per stream, and one per expectation",
  create(page, options) {
    let build: ((suite: object) => string) | null = null;
    let waiting: object[] = [];
    let isOpen = false;
    // Loaded here because only this reporter needs the library.
    const loading = import("fast-xml-builder").then(({ default: Builder }) => {
      const builder = new Builder(builderOptions);
      build = (suite) => builder.build(suite);
    });
    // `end` throws the error.
    loading.catch(() => {});

    function writeWaiting(): void {
      if (build === null) return;
      if (!isOpen) page.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n');
      isOpen = true;
      for (const suite of waiting) page.write(build(suite));
      waiting = [];
    }

    return {
      checked(checked) {
        waiting.push({ testsuite: suiteOf(checked, options) });
        writeWaiting();
      },
      async end() {
        await loading;
        writeWaiting();
        page.write("</testsuites>\n");
      },
    };
  },
};

type Options = Pick<ReporterOptions, "failOn" | "expectations">;

function suiteOf(checked: Checked, options: Options): object {
  const cases = [caseOfStream(checked, options), ...options.expectations.map((text) => caseOf(text, checked, options))];
  const elements = cases.map((testCase) => elementOf(testCase, checked));
  const count = (name: string): number => elements.filter((element) => name in element).length;
  return {
    [`${ATTRIBUTE}name`]: oneLine(nameOf(checked), LONGEST_NAME),
    [`${ATTRIBUTE}tests`]: elements.length,
    [`${ATTRIBUTE}failures`]: count("failure"),
    [`${ATTRIBUTE}errors`]: count("error"),
    [`${ATTRIBUTE}skipped`]: count("skipped"),
    ...timeOf(checked),
    properties: {
      property: [property("verdict", endOf(checked)), property("exitCode", String(checked.exitCode))],
    },
    testcase: elements,
  };
}

function property(name: string, value: string): object {
  return { [`${ATTRIBUTE}name`]: name, [`${ATTRIBUTE}value`]: value };
}

/** How long the stream took, in seconds; left out if unknown, which readers take for 0. */
function timeOf({ report }: Checked): object {
  const totalMs = report?.timing?.totalMs ?? null;
  return totalMs === null ? {} : { [`${ATTRIBUTE}time`]: (totalMs / SECOND).toFixed(3) };
}

interface TestCase {
  readonly name: string;
  readonly time: object;
  readonly fault: Reason | null;
  /** The findings that fail the case. */
  readonly failing: readonly Finding[];
  /** Other text to print. */
  readonly output: readonly string[];
  readonly isSkipped: boolean;
}

/** The case of everything but the expectations. Fails if the stream fails for another reason. */
function caseOfStream(checked: Checked, { failOn, expectations }: Options): TestCase {
  const isOfOther = ({ rule, expected }: Finding): boolean =>
    rule === EXPECTATION && expectations.includes(expected ?? "");
  const own = checked.findings.filter((finding) => !isOfOther(finding));
  const failing = own.filter(({ severity }) => isAsBadAs(severity, failOn));
  const isExplained = checked.findings.some((finding) => isOfOther(finding) && isAsBadAs(finding.severity, failOn));
  const fault = reasonOf({ ...checked, findings: own }, failOn);
  return {
    name: nameOfTest(checked),
    time: timeOf(checked),
    // If only expectations fail the stream, this case has no fault.
    fault: fault?.finding === null && isExplained && checked.exitCode === EXIT_FINDINGS ? null : fault,
    failing,
    output: [
      ...own.filter((finding) => !failing.includes(finding)).map((finding) => lineOf(finding, checked)),
      ...unlistedOf(checked).map(({ rule, count }) => `and ${formatCount(count)} more of ${rule}`),
    ],
    isSkipped: false,
  };
}

/** The case of an expectation, as typed. */
function caseOf(text: string, checked: Checked, { failOn }: Options): TestCase {
  const finding = checked.findings.find(({ rule, expected }) => rule === EXPECTATION && expected === text) ?? null;
  const isFailing = finding !== null && isAsBadAs(finding.severity, failOn);
  return {
    name: `${nameOfTest(checked)}: ${text}`,
    time: {},
    fault: isFailing ? { title: finding.rule, message: describeFinding(finding), finding } : null,
    failing: isFailing ? [finding] : [],
    output: finding === null || isFailing ? [] : [lineOf(finding, checked)],
    // If the source could not be read, it is unknown whether it meets the expectation.
    isSkipped: checked.report === null,
  };
}

/** `hey.sse`; for a stream in a log `ci.log:12 (api-1)`. */
function nameOfTest(checked: Checked): string {
  const { source } = checked;
  const file = isFile(source) ? basename(source) : source;
  return nameOf({ ...checked, source: file });
}

/** Writes one failure for a case, with everything that fails it: most readers show only the first one. */
function elementOf({ name, time, fault, failing, output, isSkipped }: TestCase, checked: Checked): object {
  const lines = failing.map((finding) => lineOf(finding, checked));
  return {
    [`${ATTRIBUTE}name`]: oneLine(name, LONGEST_NAME),
    [`${ATTRIBUTE}classname`]: oneLine(classNameOf(checked.source), LONGEST_NAME),
    ...time,
    ...(isSkipped && { skipped: "the source could not be read" }),
    ...(fault !== null && {
      [checked.report === null ? "error" : "failure"]: {
        [`${ATTRIBUTE}type`]: fault.title,
        [`${ATTRIBUTE}message`]: oneLine(fault.message, LONGEST_TEXT),
        [TEXT]: lines.join("\n"),
      },
    }),
    ...(output.length > 0 && { "system-out": output.join("\n") }),
  };
}

function lineOf(finding: Finding, { source }: Checked): string {
  const text = `${placeOf(source, finding)}  ${finding.severity}  ${finding.rule}  ${describeFinding(finding)}`;
  return oneLine(text, LONGEST_TEXT);
}

function oneLine(text: string, longest: number): string {
  return plainLine(cutWithSize(text, longest));
}
