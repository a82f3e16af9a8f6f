// SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import { allFamilies } from "../check/all-rules.ts";
import type { Invocation, Location, Message, Notification, ReportingDescriptor, Result, Tool } from "sarif";
import metadata from "../../package.json" with { type: "json" };
import type { Checked, CheckResult } from "../check/checked.ts";
import { EXIT_INTERRUPTED, EXIT_USAGE } from "../model/exit-codes.ts";
import { DEFAULT_POLICY, severityOf } from "../rules/policy.ts";
import type { Rule } from "../rules/rule.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { countOf } from "../wording/counts.ts";
import { describeEnd, unlistedOf } from "./checked-stream.ts";
import { uriOf } from "./finding-words.ts";
import { createJsonList } from "./json-list.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const levelOf = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, Result.level>;

/**
 * One run, with results written as streams are checked. There are no fingerprints: lines, ids and times differ in every
 * new capture, so a finding cannot be recognised again.
 */
export const sarif: Reporter = {
  name: "sarif",
  extension: "sarif",
  title: "SARIF 2.1.0, for code scanning",
  create(page) {
    const rules = allFamilies().flatMap((family) => family.rules);
    const tool: Tool = { driver: { name: metadata.name, version: metadata.version, rules: rules.map(describeRule) } };
    const indexOfRule = new Map(rules.map(({ id }, index) => [id, index]));
    const results = createJsonList(
      page,
      `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"tool":${JSON.stringify(tool)},"results":[`,
    );
    /** By rule, for all streams. */
    const unlisted = new Map<string, number>();
    return {
      checked(checked) {
        for (const finding of checked.findings) {
          results.add(describeResult(finding, checked, indexOfRule.get(finding.rule)));
        }
        if (checked.findings.length === 0 && checked.exitCode !== 0) results.add(describeEndAsResult(checked));
        for (const { rule, count } of unlistedOf(checked)) unlisted.set(rule, (unlisted.get(rule) ?? 0) + count);
      },
      end(result) {
        results.close(`],"invocations":${JSON.stringify([describeInvocation(result, unlisted)])}}]}`);
      },
    };
  },
};

function describeRule(rule: Rule): ReportingDescriptor {
  const severity = severityOf(rule, DEFAULT_POLICY);
  return {
    id: rule.id,
    shortDescription: { text: rule.meaning },
    fullDescription: { text: rule.why },
    help: { text: rule.remedy },
    defaultConfiguration: severity === "off" ? { enabled: false } : { level: levelOf[severity] },
  };
}

function describeResult(finding: Finding, { source, report }: Checked, ruleIndex: number | undefined): Result {
  const { rule, severity, message, event, bodyLine = null, expected, seen } = finding;
  const properties = {
    event,
    bodyLine,
    expected,
    seen,
    stream: report?.stream?.name ?? null,
  };
  const known = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === "string" ? plainLine(value) : value]);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf[severity],
    message: asMessage(message),
    locations: [locationOf(source, finding)],
    ...(known.length === 0 ? {} : { properties: Object.fromEntries(known) }),
  };
}

/** The result of a stream that fails without a finding, by its verdict, because the verdict's rule is off. */
function describeEndAsResult(checked: Checked): Result {
  return {
    ruleId: checked.report?.verdict ?? "unreadable-source",
    level: "error",
    message: asMessage(describeEnd(checked)),
    locations: [locationOf(checked.source, { line: null, offset: null })],
  };
}

/** Standard input also gets a place: code scanning refuses a result without one. */
function locationOf(source: string, { line, offset }: Pick<Finding, "line" | "offset">): Location {
  const region = {
    ...(line === null ? {} : { startLine: line }),
    ...(offset === null ? {} : { byteOffset: offset }),
  };
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source) },
      ...(Object.keys(region).length === 0 ? {} : { region }),
    },
  };
}

/** A message in which `[a](b)` would be a link (SARIF 3.11.6): text from a stream must not become one. */
function asMessage(text: string): Message {
  return { text: plainLine(text).replaceAll("](", "] (") };
}

/** How the run ended, and how many findings were only counted. */
function describeInvocation({ exitCode }: CheckResult, unlisted: ReadonlyMap<string, number>): Invocation {
  const notes = [...unlisted].map(([rule, count]): Notification => {
    return { level: "note", message: { text: `${countOf(count, "more finding")} of ${rule}, counted only` } };
  });
  return {
    executionSuccessful: exitCode !== EXIT_USAGE && exitCode !== EXIT_INTERRUPTED,
    exitCode,
    ...(notes.length === 0 ? {} : { toolExecutionNotifications: notes }),
  };
}
