import { readFileSync } from "node:fs";
import { XmlAttribute, XmlDocument, XmlElement, XsdValidator } from "libxml2-wasm";
import { afterAll, describe, expect, test } from "vitest";
import type { Checked } from "../../src/check/checked.ts";
import { junit } from "../../src/reporters/junit.ts";
import { allFamilies } from "../../src/check/all-rules.ts";
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
async function documentOf(streams: Iterable<Checked>): Promise<XmlDocument> {
  const document = XmlDocument.fromString(await reported(junit, streams, { leastShown: "error" }));
  documents.push(document);
  validator.validate(document);
  return document;
}

/** What the nodes at a path say, attributes as well as elements. */
function textsAt(document: XmlDocument, path: string): string[] {
  return document
    .find(path)
    .map((node) => (node instanceof XmlElement || node instanceof XmlAttribute ? node.content : ""));
}

/** The families that watch every stream here, but one that would be called as the last case is. */
const families = allFamilies
  .filter(({ dialects }) => dialects?.includes("openai-responses") ?? true)
  .filter(({ name }) => name !== "outcome");
/** One of them, and a rule of it. */
const family = families[0]?.name ?? "";
const rule = families[0]?.rules[0]?.id ?? "";

test("the validator refuses what is no JUnit", () => {
  const document = XmlDocument.fromString("<testsuites><testsuite/></testsuites>");
  documents.push(document);
  expect(() => validator.validate(document)).toThrow("testsuite");
});

test("a stream is a suite, with a case for each family of rules and one for the outcome", async () => {
  const document = await documentOf([checkedOf()]);
  const names = textsAt(document, "//testsuite[@name='cap.sse']/testcase/@name");
  expect(names).toEqual([...families.map(({ name }) => name), "outcome"]);
  expect(textsAt(document, "//testsuite/@tests")).toEqual([String(names.length)]);
  expect(textsAt(document, "//testsuite/@failures")).toEqual(["0"]);
  expect(document.find("//testcase/*")).toEqual([]);
  expect(textsAt(document, "//testsuite/@name | //testcase[1]/@classname")).toEqual(["cap.sse", "cap.sse"]);
});

test("the families of other dialects did not watch it, and have no case", async () => {
  const document = await documentOf([checkedOf([], { dialect: "no-dialect" })]);
  const named = families.filter(({ dialects }) => dialects === null).map(({ name }) => name);
  expect(textsAt(document, "//testcase/@name")).toEqual([...named, "outcome"]);
});

test("the errors of a family are one failure of its case", async () => {
  const findings = [
    findingOf({ rule }),
    findingOf({ rule, line: 40, message: "number 9 is missing", expected: "9", seen: "10" }),
  ];
  const document = await documentOf([checkedOf(findings, { checkCode: 1 })]);
  const failing = `//testcase[@name='${family}']/failure`;
  expect(textsAt(document, `${failing}/@type`)).toEqual([rule]);
  expect(textsAt(document, `${failing}/@message`)).toEqual(["sequence number 7 follows 5: 1 missing"]);
  expect(textsAt(document, failing)).toEqual([
    [
      `cap.sse:34  error  ${rule}  sequence number 7 follows 5: 1 missing`,
      `cap.sse:40  error  ${rule}  number 9 is missing (expected 9, seen 10)`,
    ].join("\n"),
  ]);
  expect(textsAt(document, "//testsuite/@failures")).toEqual(["1"]);
});

test("warnings and infos are output, and fail no case", async () => {
  const findings = [findingOf({ rule, severity: "warning" }), findingOf({ rule, severity: "info" })];
  const document = await documentOf([checkedOf(findings)]);
  expect(document.find("//failure")).toEqual([]);
  const [output] = textsAt(document, `//testcase[@name='${family}']/system-out`);
  expect(output?.split("\n").map((line) => line.split("  ")[1])).toEqual(["warning", "info"]);
});

test("findings that are counted only are said", async () => {
  const document = await documentOf([checkedOf([findingOf({ rule })], { unlisted: { [rule]: 1233 } })]);
  expect(textsAt(document, `//testcase[@name='${family}']/system-out`)).toEqual([`and 1,233 more of ${rule}`]);
});

test("a rule of no family is of the outcome", async () => {
  const finding = findingOf({ rule: "expectation", message: "status is failed" });
  const document = await documentOf([checkedOf([finding], { checkCode: 1 })]);
  expect(textsAt(document, "//testcase[failure]/@name")).toEqual(["outcome"]);
});

test("a stream that fails without a finding fails by its outcome", async () => {
  const document = await documentOf([checkedOf([findingOf({ severity: "info" })], { verdict: "incomplete" })]);
  expect(textsAt(document, "//testcase[@name='outcome']/failure/@message")).toEqual(["incomplete, exit 4"]);
  expect(textsAt(document, "//failure/@type")).toEqual(["incomplete"]);
});

test("a source that could not be read is an error, and of nothing else", async () => {
  const document = await documentOf([unreadable("gone.sse")]);
  expect(textsAt(document, "//testcase/@name")).toEqual(["outcome"]);
  expect(textsAt(document, "//testcase/error/@type")).toEqual(["unreadable-source"]);
  expect(textsAt(document, "//testsuite/@errors")).toEqual(["1"]);
  expect(textsAt(document, "//testsuite/@failures")).toEqual(["0"]);
});

test("a suite has its verdict and its exit code", async () => {
  const document = await documentOf([checkedOf([], { verdict: "truncated" })]);
  expect(textsAt(document, "//property[@name='verdict']/@value")).toEqual(["truncated"]);
  expect(textsAt(document, "//property[@name='exitCode']/@value")).toEqual(["5"]);
});

test("a run without streams is a document all the same", async () => {
  const document = await documentOf([]);
  expect(document.find("/testsuites")).toHaveLength(1);
  expect(document.find("//testsuite")).toEqual([]);
});

test("several streams are several suites, written as soon as they can be", async () => {
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
    expect(document.find("//testcase")).toHaveLength(families.length + 1);
    expect(document.find("//system-out")).toHaveLength(1);
    const [message = ""] = textsAt(document, "//failure/@message");
    expect(dangerousIn(message)).toEqual([]);
  });

  test("and is there whole, but for what XML cannot hold", async () => {
    const text = "]]> <b> &amp; \"q\" 'a' {0} | `c` 👍";
    const document = await documentOf([checkedOf([findingOf({ message: text })], { source: text })]);
    expect(textsAt(document, "//failure/@message")).toEqual([text]);
    expect(textsAt(document, "//testsuite/@name")).toEqual([text]);
    const unspeakable = await documentOf([checkedOf([findingOf({ message: "\u0000 \ud800 \uffff \n" })])]);
    expect(textsAt(unspeakable, "//failure/@message")).toEqual([String.raw`^@ \ud800 \uffff \n`]);
  });

  test("and is cut", async () => {
    const text = await reported(junit, [hostileStream(everyDisguise.repeat(10_000))]);
    expect(text.length).toBeLessThan(100_000);
  });
});
