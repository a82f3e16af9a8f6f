import { gzipSync, brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { excerptOf, readExcerpt } from "../../src/reporters/excerpt.ts";
import { human } from "../../src/reporters/human.ts";
import { terminalRuler } from "../../src/terminal/terminal-ruler.ts";
import { captureFiles } from "../support/files.ts";
import { checkedOf, findingOf } from "./support/checked.ts";
import { reported } from "./support/reported.ts";

const quoting = { groupBy: null, showsWarnings: false, hasExcerpts: true, isCi: false };
const payload = '{"type":"response.output_text.delta","sequence_number":7,"delta":"満ち潮"}';
const event = `event: response.output_text.delta\ndata: ${payload}\n\n`;
const before = "event: a\ndata: 1\n\n";
const bytes = Buffer.from(before + event);
const finding = findingOf({ offset: before.length, seen: "7" });

describe("the place in a payload", () => {
  test("is where the seen value is", () => {
    expect(excerptOf(event, finding)).toEqual({
      before: 'data: {"type":"response.output_text.delta","sequence_number":',
      marked: "7",
      after: ',"delta":"満ち潮"}',
    });
  });

  test("is where the JSON is invalid", () => {
    const message = "the data cannot be read: Expected ',' or '}' after property value in JSON at position 7";
    expect(excerptOf('data: {"a":1 x}\n\n', { seen: null, message })).toMatchObject({
      before: 'data: {"a":1 ',
      marked: "x",
    });
    expect(excerptOf('{"a":1 x}\n', { seen: null, message })).toMatchObject({ before: '{"a":1 ', marked: "x" });
  });

  test("is unknown if the payload does not contain the value", () => {
    expect(excerptOf("data: a\n\n", { seen: "b", message: "" })).toEqual({ before: "data: a", marked: "", after: "" });
  });
});

describe("a payload is read again", () => {
  const cutBytes = gzipSync(Buffer.concat([bytes, Buffer.alloc(9000, "x")])).subarray(0, -12);
  const plain = (): string => captureFiles({ "a.sse": bytes })[0] ?? "";

  test.each([
    ["a.sse", bytes],
    ["b.sse.gz", gzipSync(bytes)],
    ["c.sse.br", brotliCompressSync(bytes)],
    ["cut.sse.gz", cutBytes],
  ])("from %s", (name, content) => {
    const [path = ""] = captureFiles({ [name]: content });
    expect(readExcerpt(path, null, finding)?.marked).toBe("7");
  });

  test.each([
    ["a source that is no file", "-", {}],
    ["a file that is gone", "gone.sse", {}],
    ["a finding without a place", null, { offset: null }],
    ["a body in an archive", null, { bodyLine: 3 }],
    ["a place behind the end", null, { offset: 10_000 }],
  ])("but not of %s", (_what, source, change) => {
    expect(readExcerpt(source ?? plain(), null, { ...finding, ...change })).toBeNull();
  });

  test("but not if it is binary", () => {
    const [binary = ""] = captureFiles({ "frames.bin": Buffer.from([0, 0, 1, 2, 0xff, 0x65]) });
    expect(readExcerpt(binary, null, { ...finding, offset: 0 })).toBeNull();
  });

  test.each([40, 60, 80, 120, 200])("and shown with a caret below the place, in %i columns", async (columns) => {
    const said = await reported(human, [checkedOf([finding], { source: plain(), checkCode: 1 })], {
      columns,
      human: quoting,
    });
    const lines = said.split("\n");
    const at = lines.findIndex((line) => line.includes("^"));
    const caret = lines[at]?.indexOf("^") ?? -1;
    const quoted = lines[at - 1] ?? "";
    expect(quoted[caret]).toBe("7");
    expect(terminalRuler.columnsOf(quoted)).toBeLessThanOrEqual(columns);
  });

  test("with one excerpt for each rule, or none if the user wants none", async () => {
    const stream = checkedOf([finding, finding, { ...finding, rule: "bom" }], { source: plain(), checkCode: 1 });
    expect((await reported(human, [stream], { human: quoting })).match(/\^/g)).toHaveLength(2);
    expect(await reported(human, [stream], { human: { ...quoting, hasExcerpts: false } })).not.toContain("^");
  });
});
