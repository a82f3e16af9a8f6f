// Small wordings that views share.
import type { StreamError } from "../model/facts.ts";
import type { Report } from "../model/report.ts";

/** 1234567 as 1,234,567. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A count with its noun: 1 event, 2 events. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** 137 ms, 2.4 s, 1 min 5 s. */
export function formatDuration(ms: number): string {
  // What is rounded up to the next unit is written in that unit.
  if (Math.round(ms) < SECOND) return `${Math.round(ms)} ms`;
  if (Math.round(ms / TENTH) < MINUTE / TENTH) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.floor(Math.max(ms, MINUTE) / SECOND);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const SECOND = 1000;
const TENTH = SECOND / 10;
const MINUTE = 60 * SECOND;

/** Characters as Unicode counts them: an emoji is one, and takes two of JavaScript's units. */
export function characterCount(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= FIRST_HIGH_SURROGATE && code <= LAST_HIGH_SURROGATE) pairs += 1;
  }
  return text.length - pairs;
}

const FIRST_HIGH_SURROGATE = 0xd800;
const LAST_HIGH_SURROGATE = 0xdbff;

/** `cap.sse`; of a stream in a log `ci.log:12 (api-1)`. */
export function nameOfStream({ source, stream }: Pick<Report, "source" | "stream">): string {
  if (stream === null) return source;
  return `${source}:${stream.line}${stream.name === null ? "" : ` (${stream.name})`}`;
}

/** `insufficient_quota: You exceeded …`; what is not known is left out. */
export function describeError({ type, code, message }: StreamError): string {
  return [code ?? type, message].filter((part) => part !== null).join(": ") || "an error without a message";
}

/** Text cut to `length` characters, with its whole size given where something was cut. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const size = length < SHORT ? `…(${formatCount(text.length)})` : `… (${formatCount(text.length)} characters)`;
  const end = Math.max(length - size.length, 1);
  // Not between the halves of a character.
  return `${text.slice(0, end).replace(/[\ud800-\udbff]$/, "")}${size}`;
}

/** Below this the word "characters" would take more room than the text. */
const SHORT = 60;
