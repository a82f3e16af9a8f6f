// Detects the form in which a program printed the events of an input.
import { CR, LF, beginsWithField } from "../log/ascii.ts";
import { endsLinesInReturn } from "../log/detect.ts";
import { readLogLine } from "../log/line.ts";
import { type DocumentLines, createDocumentLines } from "./document-lines.ts";
import type { Printed, PrintedForm } from "./form.ts";

/** Detection looks at no more than this. */
const DETECTION_BYTES = 64 * 1024;
/** This many lines of one shape are enough, if they are sure. */
const FEWEST_LINES = 2;
/** The share of lines that must have a shape that other lines may also have. */
const LEAST_SHARE = 0.5;

/** An input that begins with one of these and has no form is JSON or a page. */
const OTHERWISE = new Set(Array.from("{<", (character) => character.charCodeAt(0)));

export interface FoundForm {
  readonly form: PrintedForm;
  readonly shape: string;
}

interface Candidate extends FoundForm {
  readonly evidence: Printed["evidence"];
  lines: number;
}

/** The shape of lines that hold no event. */
const NO_SHAPE = "\0";

/**
 * The form of the lines of an input: of two sure lines, of the first two if they are likely, or of most lines. False if
 * there is none, and for an input with bare lines of a stream; null if more bytes are needed. `complete`: `head` is all
 * of the input.
 */
export function findForm(forms: readonly PrintedForm[], head: Buffer, complete: boolean): FoundForm | false | null {
  const input = head.subarray(0, DETECTION_BYTES);
  const isAll = complete || head.length >= DETECTION_BYTES;
  if (endsLinesInReturn(input)) return false;
  const candidates: Candidate[] = [];
  const document = createDocumentLines();
  let lines = 0;
  for (let start = 0, end = 0; start < input.length; start = end + 1) {
    end = input.indexOf(LF, start);
    const isCut = end === -1;
    // A bare line of a stream, complete or not.
    if (beginsWithField(input, skipReturns(input, start), isCut ? input.length : end)) return false;
    if (isCut && !complete) break;
    if (isCut) end = input.length;
    const text = textOf(input, start, end);
    if (text === null) continue;
    if (text === "bare") return false;
    const whole = wholeLine(text, forms, document);
    // LM Studio writes the time and the level on a separate line.
    if (whole === null || whole.content === "") continue;
    lines += 1;
    const candidate = findCandidate(whole, forms, candidates);
    if (candidate === null) {
      if (lines === 1 && OTHERWISE.has(input[start] ?? 0)) return false;
      continue;
    }
    candidate.lines += 1;
    const isEnough = candidate.evidence === "sure" || (candidate.evidence === "likely" && lines === candidate.lines);
    if (isEnough && candidate.lines === FEWEST_LINES) return candidate;
  }
  return isAll ? mostOf(candidates, lines) : null;
}

/** The candidate with the most lines, if they are enough. */
function mostOf(candidates: readonly Candidate[], lines: number): FoundForm | false {
  const holding = candidates.filter(({ shape }) => shape !== NO_SHAPE);
  const most = holding.reduce<Candidate | null>(
    (best, candidate) => (best === null || candidate.lines > best.lines ? candidate : best),
    null,
  );
  // A log of one program is read as such, even if it holds no event.
  const ofProgram = candidates.find(({ shape }) => shape === NO_SHAPE);
  const others = ofProgram?.lines ?? 0;
  const isWeak = most?.evidence === "weak";
  if (
    most !== null &&
    most.lines >= (lines - others) * (most.form.leastShare ?? LEAST_SHARE) &&
    !(isWeak && most.lines < FEWEST_LINES)
  )
    return most;
  return ofProgram !== undefined && others === lines ? ofProgram : false;
}

interface LineText {
  readonly line: string;
  /** Null if the line is a mark of the log itself. */
  readonly content: string | null;
  readonly isPrefixed: boolean;
}

/** The text of a line; null for an empty one. */
function textOf(input: Buffer, start: number, end: number): LineText | "bare" | null {
  const line = input.toString("utf8", start, end);
  if (line.trim() === "") return null;
  const read = readLogLine(input, start, end);
  if (read.kind !== "content") return { line, content: null, isPrefixed: false };
  if (beginsWithField(input, read.start, read.end)) return "bare";
  return { line, content: input.toString("utf8", read.start, read.end), isPrefixed: read.start > start };
}

/** Joins the lines of a document; null until its last line. */
function wholeLine(text: LineText, forms: readonly PrintedForm[], document: DocumentLines): LineText | null {
  if (document.isOpen) {
    const content = document.add(text.content ?? text.line);
    return content === null ? null : { line: content, content, isPrefixed: false };
  }
  const { content } = text;
  if (content === null || !forms.some((form) => form.opensDocument?.(content) === true)) return text;
  document.open(content);
  return null;
}

/** The candidate for a line: of a known shape, or a new one. */
function findCandidate(text: LineText, forms: readonly PrintedForm[], candidates: Candidate[]): Candidate | null {
  for (const candidate of candidates) {
    if (candidate.shape !== NO_SHAPE && readWith(candidate.form, text, candidate.shape) !== null) return candidate;
  }
  for (const form of forms) {
    const printed = readWith(form, text, null);
    if (printed === null) continue;
    const { shape, evidence } = printed;
    return added(candidates, { form, shape, evidence, lines: 0 });
  }
  const form = forms.find((form) => form.isOther?.(text.content ?? "") === true);
  if (form === undefined) return null;
  const known = candidates.find(({ shape }) => shape === NO_SHAPE);
  return known ?? added(candidates, { form, shape: NO_SHAPE, evidence: "weak", lines: 0 });
}

function added(candidates: Candidate[], candidate: Candidate): Candidate {
  // A log has few shapes; beyond the limit, new ones are not remembered.
  if (candidates.length < MOST_CANDIDATES) candidates.push(candidate);
  return candidate;
}

const MOST_CANDIDATES = 20;

function readWith(form: PrintedForm, { line, content, isPrefixed }: LineText, shape: string | null): Printed | null {
  if (form.of === "line") return form.read(line, shape);
  if (content === null || content === "" || (form.of === "prefixed" && !isPrefixed)) return null;
  return form.read(content, shape);
}

function skipReturns(input: Buffer, start: number): number {
  let at = start;
  while (input[at] === CR) at += 1;
  return at;
}
