// Detects how a program printed the events that an input holds.
import { CR, LF, beginsWithField } from "../log/ascii.ts";
import { endsLinesInReturn } from "../log/detect.ts";
import { readLogLine } from "../log/line.ts";
import type { Printed, PrintedForm } from "./form.ts";

/** No more than this is looked at. */
const DETECTION_BYTES = 64 * 1024;
/** As many lines of a shape tell, if they are sure. */
const FEWEST_LINES = 2;
/** The share of lines that must have a shape which other lines may have, too. */
const LEAST_SHARE = 0.5;

/** What begins so and is of no form is JSON or a page. */
const OTHERWISE = new Set(Array.from("{<", (character) => character.charCodeAt(0)));

export interface FoundForm {
  readonly form: PrintedForm;
  readonly shape: string;
}

interface Candidate extends FoundForm {
  readonly evidence: Printed["evidence"];
  lines: number;
}

/**
 * The form that the lines of an input have: of two sure ones, of the first two that are likely, or of most of its lines.
 * False where there is none, and for an input with bare lines of a stream; null where more bytes are needed to tell.
 * `complete`: these are all.
 */
export function findForm(forms: readonly PrintedForm[], head: Buffer, complete: boolean): FoundForm | false | null {
  const input = head.subarray(0, DETECTION_BYTES);
  const isAll = complete || head.length >= DETECTION_BYTES;
  if (endsLinesInReturn(input)) return false;
  const candidates = new Map<string, Candidate>();
  let lines = 0;
  for (let start = 0, end = 0; start < input.length; start = end + 1) {
    end = input.indexOf(LF, start);
    const isCut = end === -1;
    // A bare line of a stream, however much of it is there.
    if (beginsWithField(input, skipReturns(input, start), isCut ? input.length : end)) return false;
    if (isCut && !complete) break;
    if (isCut) end = input.length;
    const printed = readLine(forms, input, start, end);
    if (printed === "empty") continue;
    if (printed === "bare") return false;
    lines += 1;
    if (printed === null && lines === 1 && OTHERWISE.has(input[start] ?? 0)) {
      const line = input.toString("utf8", start, end);
      if (!forms.some((form) => form.precedes?.(line) === true)) return false;
    }
    if (printed === null) continue;
    const key = `${forms.indexOf(printed.form)}:${printed.shape}`;
    const candidate = candidates.get(key) ?? { ...printed, lines: 0 };
    candidates.set(key, candidate);
    candidate.lines += 1;
    const isEnough = candidate.evidence === "sure" || (candidate.evidence === "likely" && lines === candidate.lines);
    if (isEnough && candidate.lines === FEWEST_LINES) return candidate;
  }
  if (!isAll) return null;
  const most = [...candidates.values()].reduce<Candidate | null>(
    (best, candidate) => (best === null || candidate.lines > best.lines ? candidate : best),
    null,
  );
  if (most === null || most.lines < lines * LEAST_SHARE) return false;
  return most.evidence === "sure" || most.evidence === "likely" || most.lines >= FEWEST_LINES ? most : false;
}

function skipReturns(input: Buffer, start: number): number {
  let at = start;
  while (input[at] === CR) at += 1;
  return at;
}

function readLine(
  forms: readonly PrintedForm[],
  input: Buffer,
  start: number,
  end: number,
): (Printed & { readonly form: PrintedForm }) | "empty" | "bare" | null {
  const read = readLogLine(input, start, end);
  const line = input.toString("utf8", start, end);
  if (line.trim() === "") return "empty";
  const isContent = read.kind === "content";
  const content = isContent ? input.toString("utf8", read.start, read.end) : "";
  if (isContent && beginsWithField(input, read.start, read.end)) return "bare";
  for (const form of forms) {
    if (form.of !== "line" && (!isContent || content === "")) continue;
    if (form.of === "prefixed" && read.start === start) continue;
    const printed = form.read(form.of === "line" ? line : content, null);
    if (printed !== null) return { ...printed, form };
  }
  return null;
}
