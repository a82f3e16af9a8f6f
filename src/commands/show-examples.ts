// Prints the examples of a rule: marks the differences and shortens the rest.
import { type LinePart, type MarkedLine, markLines } from "../diff/marked-lines.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Page } from "../terminal/page.ts";
import { spellOut } from "../terminal/spell-out.ts";
import { countOf } from "../wording/counts.ts";
import { cutMiddle, cutWithSize } from "../wording/cut.ts";
import type { ExampleFile, Examples } from "./rule-examples.ts";

/** Used if the width of the output is not known. */
const USUAL_COLUMNS = 100;
const FEWEST_COLUMNS = 40;
/** Unchanged lines shown before and after a change. */
const CONTEXT_LINES = 3;
/** Unchanged characters of a line shown before and after a change. */
const CONTEXT_CHARACTERS = 36;
/** Maximum characters shown of a change. */
const LONGEST_CHANGE = 240;
/** The last bytes of compressed data, where it may be cut. */
const SHOWN_BYTES = 8;
/** As `spellOut` writes it. */
const LINE_END = /<CR>$/;
const INDENT = "  ";

interface Style {
  readonly title: string;
  readonly sign: string;
  readonly paint: Paint;
  /** The word before the number of lines that only the other example has. */
  readonly absence: string;
}

const INVALID: Style = { title: "Invalid", sign: "-", paint: "bad", absence: "missing" };
const VALID: Style = { title: "Valid", sign: "+", paint: "good", absence: "removed" };

/** Writes the invalid example, then the valid one; `-` and `+` mark the lines that differ. */
export function showExamples(page: Page, { invalid, valid }: Examples): void {
  const marked = invalid.map((file, index) => markLines(textOf(file), textOf(valid[index])));
  for (const [index, { path }] of invalid.entries()) showExample(page, path, marked[index]?.a ?? [], INVALID);
  for (const [index, { path }] of valid.entries()) showExample(page, path, marked[index]?.b ?? [], VALID);
}

function textOf(file: ExampleFile | undefined): string {
  if (file === undefined) return "";
  const text = spellOut(file.bytes);
  if (file.compressed === null) return text;
  const last = file.compressed.subarray(-SHOWN_BYTES).toString("hex").replace(/..\B/g, "$& ");
  return `${text}<gzip data: ${file.compressed.length} bytes, the last ones ${last}>\n`;
}

function showExample(page: Page, path: string, lines: readonly MarkedLine[], style: Style): void {
  page.write(`\n${style.title}`, "strong");
  page.write(`  ${path}\n\n`, "dim");
  const isPoint = pointOf(lines);
  let hidden: MarkedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const near = lines.slice(Math.max(index - CONTEXT_LINES, 0), index + CONTEXT_LINES + 1);
    if (!near.some(isPoint)) {
      hidden.push(line);
      continue;
    }
    showHidden(page, hidden);
    hidden = [];
    const previous = lines[index - 1];
    if (line.type === "missing") showMissing(page, line.lines, style);
    else if (line.change === "none") showUnchanged(page, line.parts);
    else showChanged(page, line.parts, previous?.type !== "line" || previous.change === "none", style);
  }
  showHidden(page, hidden);
}

/** The lines that the example is about: if texts change, lines with only other numbers are a consequence. */
function pointOf(lines: readonly MarkedLine[]): (line: MarkedLine) => boolean {
  return lines.some(changesText) ? changesText : (line) => line.type === "line" && line.change !== "none";
}

function changesText(line: MarkedLine): boolean {
  return line.type === "missing" || line.change === "text";
}

function showHidden(page: Page, lines: readonly MarkedLine[]): void {
  if (lines.length === 0) return;
  const renumbered = lines.filter((line) => line.type === "line" && line.change === "numbers").length;
  const numbers = renumbered === 0 ? "" : `, ${renumbered} with other numbers`;
  page.write(`  … ${countOf(lines.length, "line")}${numbers}\n`, "dim");
}

function showMissing(page: Page, lines: number, { sign, paint, absence }: Style): void {
  page.write(`${sign} <${absence}: ${countOf(lines, "line")}>\n`, paint);
}

function showUnchanged(page: Page, parts: readonly LinePart[]): void {
  const text = parts
    .map(({ text }) => text)
    .join("")
    .replace(LINE_END, "");
  const width = Math.max(page.columns ?? USUAL_COLUMNS, FEWEST_COLUMNS) - INDENT.length;
  if (text !== "") page.writeInline(INDENT + cutWithSize(text, width), "dim");
  page.write("\n");
}

/** `isFirst`: the line before it is unchanged. Among changed lines a blank one needs no label. */
function showChanged(page: Page, parts: readonly LinePart[], isFirst: boolean, { sign, paint }: Style): void {
  page.write(sign, paint);
  if (parts.some(({ text }) => text !== "")) page.write(" ");
  else if (isFirst) page.write(" <blank line>", paint);
  for (const [index, { text, isChanged }] of parts.entries()) {
    // Both texts have this line end, so it is shown only if nothing else is.
    const isShared = !isChanged || (parts.length === 1 && text.replace(LINE_END, "") !== "");
    const shown = isShared ? text.replace(LINE_END, "") : text;
    const last = index === parts.length - 1 ? 0 : CONTEXT_CHARACTERS;
    if (isChanged) page.writeInline(cutWithSize(shown, LONGEST_CHANGE), paint);
    else page.writeInline(cutMiddle(shown, CONTEXT_CHARACTERS, last));
  }
  page.write("\n");
}
