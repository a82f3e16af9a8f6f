import { readFileSync } from "node:fs";
import { XmlAttribute, XmlDocument, XmlElement, XsdValidator } from "libxml2-wasm";
import { afterAll, describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { junit } from "../../src/reporters/junit.ts";
import type { ReporterOptions } from "../../src/reporters/reporter.ts";
import { streamTimingWith } from "../support/timing.ts";
import { dangerousIn } from "../support/control-characters.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";
import { disguises, everyDisguise, hostileStream } from "./support/hostile.ts";
import { reported, startRun } from "./support/reported.ts";

const schema = XmlDocument.fromBuffer(readFileSync(new URL("support/jenkins-junit.xsd", import.meta.url)));
const validator = XsdValidator.fromDoc(schema);
const documents: XmlDocument[] = [schema];
afterAll(() => {
  validator.dispose();
  for (const document of documents) document.dispose();
});

/** The document of these streams, which is valid. */
async function documentOf(
  streams: Iterable<Checked>,
  setting: Partial<Pick<ReporterOptions, "failOn" | "expectations">> = {},
): Promise<XmlDocument> {
  const document = XmlDocument.fromString(await reported(junit, streams, { leastShown: "error", ...setting }));
  documents.push(document);
  validator.validate(document);
  return document;
}

/** The values of the nodes at a path, attributes and elements. */
function textsAt(document: XmlDocument, path: string): string[] {
  return document
    .find(path)
    .map((node) => (node instanceof XmlElement || node instanceof XmlAttribute ? node.content : ""));
}

test("the validator refuses other XML", () => {
  const document = XmlDocument.fromString("<testsuites><testsuite/></testsuites>");
  documents.push(document);
  expect(() => validator.validate(document)).toThrow("testsuite");
});

test("a stream is a suite with one case, named as its file and grouped by its folder", async () => {
  const document = await documentOf([checkedOf([], { source: "captures/v1.2/hey.sse" })]);
  expect(textsAt(document, "//testsuite/@name")).toEqual(["captures/v1.2/hey.sse"]);
  expect(textsAt(document, "//testcase/@name")).toEqual(["hey.sse"]);
  expect(textsAt(document, "//testcase/@classname")).toEqual(["captures.v1_2.hey_sse"]);
  expect(textsAt(document, "//testsuite/@tests")).toEqual(["1"]);
  expect(textsAt(document, "//testsuite/@failures | //testsuite/@errors | //testsuite/@skipped")).toEqual(
    Array(3).fill("0"),
  );
  expect(document.find("//testcase/*")).toEqual([]);
});

test("a stream of a log has the log's class, and its name contains its place", async () => {
  const stream = { name: "api-1", line: 12, skippedLines: 3 };
  const document = await documentOf([checkedOf([], { source: "logs/ci.log", stream })]);
  expect(textsAt(document, "//testcase/@name")).toEqual(["ci.log:12 (api-1)"]);
  expect(textsAt(document, "//testcase/@classname")).toEqual(["logs.ci_log"]);
});

describe("time", () => {
  test("is the total in seconds, only for the case of the stream", async () => {
    const timed = checkedOf([], { timing: streamTimingWith({ totalMs: 18_325.4 }) });
    const document = await documentOf([timed], { expectations: ["status=completed"] });
    expect(textsAt(document, "//testcase[@time]/@name")).toEqual(["cap.sse"]);
    expect(textsAt(document, "//testcase/@time | //testsuite/@time")).toEqual(["18.325", "18.325"]);
  });

  test("is left out if unknown", async () => {
    const streams = [checkedOf(), checkedOf([], { timing: streamTimingWith() }), unreadable("gone.sse")];
    expect((await documentOf(streams)).find("//@time")).toEqual([]);
  });
});

test("the errors of a stream are one failure of its case, the reason first", async () => {
  const findings = [
    findingOf(),
    findingOf({ rule: "no-terminal", line: 40, message: "no terminal event" }),
    findingOf({ line: 41, message: "number 9 is missing", expected: "9", seen: "10" }),
  ];
  const document = await documentOf([checkedOf(findings, { verdict: "truncated" })]);
  expect(textsAt(document, "//failure/@type")).toEqual(["no-terminal"]);
  expect(textsAt(document, "//failure/@message")).toEqual(["no terminal event"]);
  expect(textsAt(document, "//failure")).toEqual([
    [
      `cap.sse:34  error  sequence-gap  sequence number 7 follows 5: 1 missing`,
      `cap.sse:40  error  no-terminal  no terminal event`,
      `cap.sse:41  error  sequence-gap  number 9 is missing (expected 9, seen 10)`,
    ].join("\n"),
  ]);
  expect(textsAt(document, "//testsuite/@failures")).toEqual(["1"]);
});

test("warnings and infos are output, but do not fail a case", async () => {
  const findings = [findingOf({ severity: "warning" }), findingOf({ severity: "info" })];
  const document = await documentOf([checkedOf(findings)]);
  expect(document.find("//failure")).toEqual([]);
  const [output] = textsAt(document, "//testcase/system-out");
  expect(output?.split("\n").map((line) => line.split("  ")[1])).toEqual(["warning", "info"]);
});

test("warnings fail a case if they fail the stream", async () => {
  const findings = [findingOf({ severity: "warning" }), findingOf({ severity: "info" })];
  const document = await documentOf([checkedOf(findings, { checkCode: 1 })], { failOn: "warning" });
  expect(textsAt(document, "//failure")).toHaveLength(1);
  expect(textsAt(document, "//system-out")[0]).toContain("  info  ");
});

test("the number of findings that are only counted is printed", async () => {
  const document = await documentOf([checkedOf([findingOf()], { unlisted: { "sequence-gap": 1233 } })]);
  expect(textsAt(document, "//testcase/system-out")).toEqual(["and 1,233 more of sequence-gap"]);
});

describe("an expectation", () => {
  const expectations = ["status=completed", "ttft<=2s"];
  const unmet = findingOf({
    rule: "expectation",
    line: null,
    expected: "ttft<=2s",
    seen: "2.42 s",
    message: "expected ttft<=2s, but it is 2.42 s",
  });

  test("is a case of its own, and only the unmet ones fail", async () => {
    const document = await documentOf([checkedOf([unmet], { checkCode: 1 })], { expectations });
    expect(textsAt(document, "//testcase/@name")).toEqual([
      "cap.sse",
      "cap.sse: status=completed",
      "cap.sse: ttft<=2s",
    ]);
    expect(textsAt(document, "//testcase[failure]/@name")).toEqual(["cap.sse: ttft<=2s"]);
    expect(textsAt(document, "//failure/@message")).toEqual(["expected ttft<=2s, but it is 2.42 s"]);
    expect(textsAt(document, "//failure/@type")).toEqual(["expectation"]);
    expect(textsAt(document, "//testsuite/@tests")).toEqual(["3"]);
  });

  test("fails in addition to the stream, each for its own reason", async () => {
    const document = await documentOf([checkedOf([findingOf(), unmet], { checkCode: 1 })], { expectations });
    expect(textsAt(document, "//failure/@type")).toEqual(["sequence-gap", "expectation"]);
    expect(textsAt(document, "//failure").map((text) => text.split("\n"))).toEqual([
      [expect.stringContaining("sequence-gap")],
      [expect.stringContaining("expectation")],
    ]);
    const cut = await documentOf([checkedOf([unmet], { verdict: "incomplete" })], { expectations });
    expect(textsAt(cut, "//failure/@message")).toEqual(["incomplete, exit 4", unmet.message]);
  });

  test("that is only a warning is output", async () => {
    const document = await documentOf([checkedOf([{ ...unmet, severity: "warning" }])], { expectations });
    expect(document.find("//failure")).toEqual([]);
    expect(textsAt(document, "//testcase[system-out]/@name")).toEqual(["cap.sse: ttft<=2s"]);
  });

  test("is skipped for a source that could not be read", async () => {
    const document = await documentOf([unreadable("gone.sse")], { expectations });
    expect(textsAt(document, "//testcase[skipped]/@name")).toEqual([
      "gone.sse: status=completed",
      "gone.sse: ttft<=2s",
    ]);
    expect(textsAt(document, "//testsuite/@skipped")).toEqual(["2"]);
  });

  test("without a case fails the stream", async () => {
    const document = await documentOf([checkedOf([unmet], { checkCode: 1 })]);
    expect(textsAt(document, "//testcase[failure]/@name")).toEqual(["cap.sse"]);
  });
});

test("a stream that fails without a finding fails with its verdict", async () => {
  const document = await documentOf([checkedOf([findingOf({ severity: "info" })], { verdict: "incomplete" })]);
  expect(textsAt(document, "//failure/@message")).toEqual(["incomplete, exit 4"]);
  expect(textsAt(document, "//failure/@type")).toEqual(["incomplete"]);
});

test("a source that could not be read is an error", async () => {
  const document = await documentOf([unreadable("gone.sse")]);
  expect(textsAt(document, "//testcase/@name")).toEqual(["gone.sse"]);
  expect(textsAt(document, "//testcase/error/@type")).toEqual(["unreadable-source"]);
  expect(textsAt(document, "//testsuite/@errors")).toEqual(["1"]);
  expect(textsAt(document, "//testsuite/@failures")).toEqual(["0"]);
});

test("a suite has its verdict and its exit code", async () => {
  const document = await documentOf([checkedOf([], { verdict: "truncated" })]);
  expect(textsAt(document, "//property[@name='verdict']/@value")).toEqual(["truncated"]);
  expect(textsAt(document, "//property[@name='exitCode']/@value")).toEqual(["5"]);
});

test("a run without streams is also a document", async () => {
  const document = await documentOf([]);
  expect(document.find("/testsuites")).toHaveLength(1);
  expect(document.find("//testsuite")).toEqual([]);
});

test("several streams are several suites, written as soon as possible", async () => {
  const run = await startRun(junit);
  await run.check(checkedOf([], { source: "a.sse" }));
  // Until the XML library is loaded, suites wait.
  await expect.poll(async () => (await run.check(checkedOf([], { source: "b.sse" })), run.text())).toContain("b.sse");
  await run.end();
  const [first, ...others] = run.text().match(/(?<=<testsuite name=")[^"]*/g) ?? [];
  expect(first).toBe("a.sse");
  expect(new Set(others)).toEqual(new Set(["b.sse"]));
});

describe("text of a stream does not break the document", () => {
  test.each(Object.entries(disguises))("that would be %s", async (_what, text) => {
    const document = await documentOf([hostileStream(text)]);
    expect(document.find("//testsuite")).toHaveLength(1);
    expect(document.find("//testcase")).toHaveLength(1);
    expect(document.find("//system-out")).toHaveLength(1);
    const [message = ""] = textsAt(document, "//failure/@message");
    expect(dangerousIn(message)).toEqual([]);
  });

  test("and is complete, except for characters that XML cannot contain", async () => {
    const text = "]]> <b> &amp; \"q\" 'a' {0} | `c` 👍";
    const document = await documentOf([checkedOf([findingOf({ message: text })], { source: text, checkCode: 1 })]);
    expect(textsAt(document, "//failure/@message")).toEqual([text]);
    expect(textsAt(document, "//testsuite/@name")).toEqual([text]);
    const unspeakable = await documentOf([
      checkedOf([findingOf({ message: "\u0000 \ud800 \uffff \n" })], { checkCode: 1 }),
    ]);
    expect(textsAt(unspeakable, "//failure/@message")).toEqual([String.raw`^@ \ud800 \uffff \n`]);
  });

  test("and is cut", async () => {
    const text = await reported(junit, [hostileStream(everyDisguise.repeat(10_000))]);
    expect(text.length).toBeLessThan(100_000);
  });
});
