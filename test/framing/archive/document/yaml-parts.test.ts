// YAML is divided where its lines show that parts of it can be parsed one by one.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseDocument } from "../../../../src/framing/archive/document/document.ts";
import { yamlPartsOf } from "../../../../src/framing/archive/document/yaml-parts.ts";
import { cassette } from "../../../../src/framing/archive/recorders/cassette.ts";
import { httpmock } from "../../../../src/framing/archive/recorders/httpmock.ts";
import { asObject } from "../../../../src/model/payload.ts";
import { readStreams, refusalOf } from "../../support/read-streams.ts";

/** The lines that parts begin on. */
function linesOf(text: string): number[] {
  return yamlPartsOf(Buffer.from(text)).map(({ line }) => line);
}

describe("YAML is divided", () => {
  test.each([
    ["at markers", "a: 1\n---\nb: 2\n--- # c\nc: 3\n", [1, 2, 4]],
    ["at items of the list", "interactions:\n- a: 1\n  b:\n  - 2\n\n- a: 3\nversion: 1\n", [2, 6]],
    [
      "at items that are indented, behind other keys",
      "---\nversion: 2\nlist:\n    - id: 0\n      a:\n        - 1\n    - id: 1\n",
      [4, 7],
    ],
    ["at items of each document", "list:\n- 1\n- 2\n---\nlist:\n- 3\n", [2, 3, 6]],
    ["not within a block of text", "list:\n- |\n  - a\n  ---\n- b\n", [2, 5]],
    ["with lines that end in CRLF", "list:\r\n- 1\r\n- 2\r\nversion: 1\r\n", [2, 3]],
  ])("%s", (_, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  test.each([
    ["in flow style", "{list: [\n1,\n2]}\n"],
    ["with aliases", "list:\n- &a 1\n- b: *a\n"],
    ["with aliases of Psych", "list:\n- &1 x\n- *1\n"],
    ["with aliases in a flow", "list:\n- &1 x\n- [0, *1]\n"],
    ["with two lists", "requests:\n- 1\nresponses:\n- 2\n- 3\n"],
    ["with a directive", "%YAML 1.2\n---\na: 1\n"],
    ["with a value behind the list that goes on", "list:\n- 1\n- 2\nname: |\n  a\n"],
    ["that is no list", "a:\n  b: 1\n  c: 2\n"],
  ])("not %s", (_, text) => {
    expect(linesOf(text)).toEqual([1]);
  });
});

test("Parts have the values of the whole", async () => {
  const text = "list:\n- a: \"x\n    y\"\n  b: [1, 2]\n- |\n  - c\n- '*d'\n- e *f*\n# f\n- g\nversion: 1\n";
  const values: unknown[] = [];
  for await (const { roots } of parseDocument(Buffer.from(text), "test")) {
    for (const root of roots) {
      const list = asObject(root)?.list;
      values.push(...(Array.isArray(list) ? (list as unknown[]) : []));
    }
  }
  expect(values).toEqual(parse(text).list);
  expect(values).toHaveLength(5);
});

test("Empty items are passed over, except for the last, which may be cut", () => {
  expect(linesOf("list:\n-\n- \n- a: 1\n-\n-   \n")).toEqual([4, 6]);
});

const LARGE = 17 * 1024 ** 2;

test("YAML that can only be parsed at once is refused where it would take too much memory", async () => {
  const text = `when:\n  path: /\nthen:\n  body: "${"x".repeat(LARGE)}"\n`;
  expect(await refusalOf(httpmock, text)).toMatch(/its YAML from line 1 is \d+ bytes .* for a part is 16 MiB/);
  expect(await refusalOf(httpmock, text)).toContain("extract the body of that response to a separate file");
});

test("YAML of millions of tiny values is refused before they take too much memory", async () => {
  const text = `interactions: [${"1,".repeat(3_100_000)}1]\n`;
  expect(await refusalOf(cassette, text)).toContain("too many values to parse in one part");
});

test("YAML of many responses may be larger", async () => {
  const response = "{status: {code: 200}, headers: {content-type: text/event-stream}}";
  const item = `- request:\n    method: POST\n    body: ${"x".repeat(LARGE / 10)}\n  response: ${response}\n`;
  const { streams } = await readStreams(cassette, [`interactions:\n${item.repeat(11)}version: 1\n`]);
  expect(streams.map(({ head }) => head.place?.line)).toEqual(Array.from({ length: 11 }, (_, index) => 2 + index * 4));
});

test("What comes before damage is handed on", async () => {
  const seen: string[] = [];
  const framer = httpmock.create(
    ({ place }) => {
      seen.push(place?.name ?? "");
      return { bytes() {}, record() {}, defect() {}, close() {} };
    },
    { maxEventBytes: LARGE, http: null },
  );
  const good = 'when:\n  path: /a\nthen:\n  body: "data: x"\n---\n';
  framer.push(Buffer.from(`${good}when: {`), null);
  let settled = 0;
  const loading = framer.load?.(async () => void (settled += 1));
  await expect(loading).rejects.toThrow("this recording of httpmock cannot be read");
  expect(seen).toEqual(["/a"]);
  expect(settled).toBe(1);
});
