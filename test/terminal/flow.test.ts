import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type Part, writeFlow } from "../../src/terminal/flow.ts";
import { createPage } from "../../src/terminal/page.ts";
import { terminalRuler } from "../../src/terminal/terminal-ruler.ts";

/** The bytes sent to a terminal of that width; without a width, to a pipe. */
async function flow(parts: readonly Part[], columns?: number, links = false): Promise<string> {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const page = createPage(Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }));
  page.measureWith(terminalRuler);
  if (links) page.enableLinks();
  page.write("label   ");
  writeFlow(page, parts, { start: 8, indent: 8 });
  await page.flush();
  return text;
}

const words = "Wer dort geht, soll die Stunde kennen 満ち潮は六時です and be back by four 🌊🌊🌊, at the very latest.";

describe("text on a terminal", () => {
  test.each([40, 60, 80, 120, 200])("is broken between words at %i columns, with a hanging indent", async (columns) => {
    const lines = (await flow([{ text: words }], columns)).trimEnd().split("\n");
    for (const line of lines) expect(terminalRuler.columnsOf(line)).toBeLessThanOrEqual(columns);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {8}\S/);
    expect(lines.map((line) => line.slice(8)).join(" ")).toBe(words);
  });

  test("is broken between characters if it has no spaces", async () => {
    const lines = (await flow([{ text: "潮".repeat(40) }], 40)).trimEnd().split("\n");
    // The first line is filled beside its label.
    expect(lines.map((line) => line.trim().length).slice(1)).toEqual([16, 8]);
  });

  test("puts an id that is too wide on a separate line", async () => {
    expect(await flow([{ text: `a ${"0".repeat(36)} b` }], 40)).toBe(`label   a\n  ${"0".repeat(36)} b\n`);
    expect(await flow([{ text: "0".repeat(50) }], 40)).toBe(`label   \n${"0".repeat(50)}\n`);
  });

  test("keeps parts without a space between them on one line", async () => {
    const parts = [{ text: "word ".repeat(6) }, { text: "capture" }, { text: ".sse", paint: "dim" }] as const;
    expect(await flow(parts, 40)).toBe(`label   word word word word word word\n        capture.sse\n`);
  });
});

test("In a pipe nothing is broken.", async () => {
  expect(await flow([{ text: words.repeat(20) }])).toBe(`label   ${words.repeat(20)}\n`);
});

describe("a link", () => {
  const parts = [{ text: "cap.sse", link: "file:///cap.sse#3" }];

  test("is a sequence around its text, on a terminal that supports links", async () => {
    expect(await flow(parts, 80, true)).toBe("label   \u001b]8;;file:///cap.sse#3\u001b\\cap.sse\u001b]8;;\u001b\\\n");
    expect(await flow(parts, 80)).toBe("label   cap.sse\n");
  });

  test.each(["file:///a b", "file:///\u001b\\x", "file:///é", ""])("is not made of %j", async (link) => {
    expect(await flow([{ text: "x", link }], 80, true)).toBe("label   x\n");
  });
});
