// JUnit XML, as CI systems read it: a suite for each stream, a case for each family of rules, and one for how it ended.
import { allFamilies } from "../check/all-rules.ts";
import type { XmlBuilderOptions } from "fast-xml-builder";
import type { Checked } from "../check/checked.ts";
import type { Finding } from "../model/finding.ts";
import { formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { describeEnd, endOf, nameOf, unlistedOf } from "./checked-stream.ts";
import { describeFinding, placeOf } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";

const ATTRIBUTE = "@";
const TEXT = "#text";
/** The case of what no family of rules found: how the stream ended, and what was expected of it. */
const OUTCOME = "outcome";
const LONGEST_NAME = 1000;
const LONGEST_TEXT = 4000;

const builderOptions = {
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  ignoreAttributes: false,
  suppressEmptyNode: true,
  format: true,
} satisfies XmlBuilderOptions;

/** Suites are written as soon as the XML library is loaded: before that, they wait. */
export const junit: Reporter = {
  name: "junit",
  title: "JUnit XML: a suite per stream, a test case per rule family",
  create(page) {
    let build: ((suite: object) => string) | null = null;
    let waiting: object[] = [];
    let isOpen = false;
    // Only this reporter pays for the library.
    const loading = import("fast-xml-builder").then(({ default: Builder }) => {
      const builder = new Builder(builderOptions);
      build = (suite) => builder.build(suite);
    });
    // What goes wrong is thrown in `end`.
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
        waiting.push({ testsuite: suiteOf(checked) });
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

/** No times: how long it took to read a stream says nothing of it. */
function suiteOf(checked: Checked): object {
  const name = plainLine(cutWithSize(nameOf(checked), LONGEST_NAME));
  const cases = casesOf(checked).map((testCase) => elementOf(testCase, checked, name));
  return {
    [`${ATTRIBUTE}name`]: name,
    [`${ATTRIBUTE}tests`]: cases.length,
    [`${ATTRIBUTE}failures`]: cases.filter((element) => "failure" in element).length,
    [`${ATTRIBUTE}errors`]: cases.filter((element) => "error" in element).length,
    properties: {
      property: [property("verdict", endOf(checked)), property("exitCode", String(checked.exitCode))],
    },
    testcase: cases,
  };
}

function property(name: string, value: string): object {
  return { [`${ATTRIBUTE}name`]: name, [`${ATTRIBUTE}value`]: value };
}

interface TestCase {
  readonly name: string;
  readonly findings: readonly Finding[];
  /** `and 12 more of sequence-gap`. */
  readonly unlisted: readonly string[];
}

/** The families that watched this stream. Of a source that could not be read, none did. */
function casesOf(checked: Checked): TestCase[] {
  const { report } = checked;
  const ofFamilies = allFamilies
    .filter(({ name }) => name !== OUTCOME && report !== null)
    .filter(({ dialects }) => dialects === null || dialects.includes(report?.dialect ?? ""))
    .map(({ name, rules }) => ({ name, rules: new Set(rules.map(({ id }) => id)) }));
  const isOfFamily = (rule: string) => ofFamilies.some(({ rules }) => rules.has(rule));
  return [
    ...ofFamilies.map(({ name, rules }) => caseOf(name, checked, (rule) => rules.has(rule))),
    caseOf(OUTCOME, checked, (rule) => !isOfFamily(rule)),
  ];
}

function caseOf(name: string, checked: Checked, isOfCase: (rule: string) => boolean): TestCase {
  return {
    name,
    findings: checked.findings.filter(({ rule }) => isOfCase(rule)),
    unlisted: unlistedOf(checked)
      .filter(({ rule }) => isOfCase(rule))
      .map(({ rule, count }) => `and ${formatCount(count)} more of ${rule}`),
  };
}

/** One failure a case, with all errors in it: most readers show no second one. */
function elementOf({ name, findings, unlisted }: TestCase, checked: Checked, suiteName: string): object {
  const errors = findings.filter(({ severity }) => severity === "error");
  const others = findings.filter(({ severity }) => severity !== "error");
  const fault = faultOf(name, errors, checked);
  const lines = errors.map((finding) => lineOf(finding, checked));
  const output = [...others.map((finding) => lineOf(finding, checked)), ...unlisted].join("\n");
  return {
    [`${ATTRIBUTE}name`]: name,
    [`${ATTRIBUTE}classname`]: suiteName,
    ...(fault === null
      ? {}
      : {
          [checked.report === null ? "error" : "failure"]: {
            [`${ATTRIBUTE}type`]: fault.type,
            [`${ATTRIBUTE}message`]: plainLine(cutWithSize(fault.message, LONGEST_TEXT)),
            [TEXT]: lines.join("\n"),
          },
        }),
    ...(output === "" ? {} : { "system-out": output }),
  };
}

/** The first error; where there is none in the whole stream, and it fails all the same, how it ended. */
function faultOf(
  caseName: string,
  errors: readonly Finding[],
  checked: Checked,
): { type: string; message: string } | null {
  const [first] = errors;
  if (first !== undefined) return { type: first.rule, message: describeFinding(first) };
  const isSaid = checked.findings.some(({ severity }) => severity === "error");
  if (caseName !== OUTCOME || checked.exitCode === 0 || isSaid) return null;
  return { type: endOf(checked), message: describeEnd(checked) };
}

function lineOf(finding: Finding, { source }: Checked): string {
  const text = `${placeOf(source, finding)}  ${finding.severity}  ${finding.rule}  ${describeFinding(finding)}`;
  return plainLine(cutWithSize(text, LONGEST_TEXT));
}
