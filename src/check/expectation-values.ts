// The keys of `--expect`: a closed table of what each one is, and of what a report has for it.
import { UserError } from "../errors.ts";
import { verdicts } from "../report/verdict.ts";
import type { Report, ResponseReport } from "../report/report.ts";
import { ruleFamilies } from "../rules/index.ts";
import { severities, type Severity } from "../rules/rule.ts";
import { nearest } from "./nearest.ts";

/** How often each rule and each severity was found, also where not all findings are kept. */
export interface FindingTotals {
  readonly rules: Readonly<Record<string, number>>;
  readonly severities: Readonly<Record<Severity, number>>;
}

/** `names`: any number of texts, of which one is asked for. */
export type KeyKind = "text" | "number" | "duration" | "names";

/** Why there is no value, as it follows the words "it is". */
export interface Absent {
  readonly absent: string;
}

/** Texts; counts; durations in ms. */
export type Value = string | number | Absent;

export interface Key {
  readonly name: string;
  readonly kind: KeyKind;
  /** One line for help. */
  readonly title: string;
  /** Set where a stream may not report it, so that `=null` says something. */
  readonly isNullable?: true;
  /** The only values that there are; left out where any may come. */
  readonly choices?: readonly string[];
  /** One value for a key of the stream, one for each response for a key of the responses; of names as many as there are. */
  read(report: Report, totals: FindingTotals): readonly Value[];
}

/** Keys that are of many names, `items.message` one of them. */
export interface KeyFamily {
  readonly prefix: string;
  readonly placeholder: string;
  readonly title: string;
  /** The names that there are; null where the stream invents them. */
  readonly names: readonly string[] | null;
  count(name: string, report: Report, totals: FindingTotals): number;
}

const NOT_REPORTED: Absent = { absent: "not reported" };
const NO_RESPONSE: Absent = { absent: "not reported: there is no response" };
const NOT_TIMED: Absent = { absent: "not known: times were not recorded" };
const DID_NOT_COME: Absent = { absent: "not known: what it measures did not come" };

/** The ids of all rules. */
export const ruleIds: readonly string[] = ruleFamilies.flatMap(({ rules }) => rules.map(({ id }) => id));

const ofStream = (read: (report: Report) => string | number | null | undefined) => (report: Report) => [
  read(report) ?? NOT_REPORTED,
];

const ofResponses =
  (read: (response: ResponseReport) => Value | null | undefined) =>
  ({ responses }: Report) =>
    responses.length === 0 ? [NO_RESPONSE] : responses.map((response) => read(response) ?? NOT_REPORTED);

/** What went wrong with the whole stream comes before the errors of its responses. */
const ofErrors = (part: "type" | "code" | "message") => (report: Report) =>
  (report.error === null ? ofResponses(({ error }) => error?.[part]) : ofStream(({ error }) => error?.[part]))(report);

const ofTiming = (read: (timing: NonNullable<ResponseReport["timing"]>) => number | null) =>
  ofResponses(({ timing }) => (timing === null ? NOT_TIMED : (read(timing) ?? DID_NOT_COME)));

/** The keys with one name each, in the order of help. */
export const keys: readonly Key[] = [
  { name: "verdict", kind: "text", title: verdicts.join(", "), choices: verdicts, read: ofStream((r) => r.verdict) },
  text("framing", "how events are wrapped", ofStream((r) => r.framing)),
  text("dialect", "the protocol inside the events", ofStream((r) => r.dialect)),
  number("bytes", "bytes read", ofStream((r) => r.bytes)),
  number("events", "events", ofStream((r) => r.events)),
  number("comments", "comment lines", ofStream((r) => r.comments)),
  number("responses", "responses", ofStream((r) => r.responses.length)),
  {
    name: "findings",
    kind: "number",
    title: "findings of all rules",
    read: (_report, totals) => [sum(Object.values(totals.severities))],
  },
  { ...number("http.status", "status code of a live answer", ofStream((r) => r.http?.status)), isNullable: true },
  text("http.contentType", "its content type", ofStream((r) => r.http?.contentType)),
  text("error.type", "kind of the error that ended the stream or a response", ofErrors("type")),
  text("error.code", "its code", ofErrors("code")),
  text("error.message", "its message", ofErrors("message")),
  text("id", "id of the response", ofResponses((r) => r.id)),
  text("model", "model that answered", ofResponses((r) => r.model)),
  text("serviceTier", "service tier", ofResponses((r) => r.serviceTier)),
  text("status", "the provider's word in the last snapshot", ofResponses((r) => r.status)),
  text("reason", "why it is incomplete, in the provider's word", ofResponses((r) => r.reason)),
  ...textWithLength("text", "all visible text", (r) => r.text),
  ...textWithLength("reasoning", "all reasoning", (r) => r.reasoning),
  ...textWithLength("refusal", "all refusals", (r) => r.refusal),
  ...tokens("input", "cachedInput", "output", "reasoning", "total"),
  duration("ttft", "time to the first text or arguments", ofTiming((timing) => timing.ttftMs)),
  duration("gap.max", "the longest time between two events", ofTiming((timing) => timing.gapMs.max)),
  duration("total", "time to the last event", ofTiming((timing) => timing.totalMs)),
  number("items", "items of all responses", ofStream((r) => itemsOf(r).length)),
  {
    name: "tool",
    kind: "names",
    title: "names of the tools that were called; != : none has it; =null: none was",
    isNullable: true,
    read: (report) => itemsOf(report).flatMap(({ type, name }) => (name !== undefined && CALL.test(type) ? [name] : [])),
  },
];

/** The keys with many names, in the order of help. */
export const keyFamilies: readonly KeyFamily[] = [
  {
    prefix: "items.",
    placeholder: "<type>",
    title: "items of a type: message, reasoning, function_call …",
    names: null,
    count: (name, report) => itemsOf(report).filter(({ type }) => type === name).length,
  },
  {
    prefix: "eventTypes.",
    placeholder: "<type>",
    title: "events of a type: response.created, ping …",
    names: null,
    count: (name, { eventTypes }) => countOf(name, eventTypes),
  },
  {
    prefix: "findings.",
    placeholder: "<what>",
    title: "findings of a severity or of a rule: error, sequence-gap …",
    names: [...severities, ...ruleIds],
    count: (name, _report, { severities, rules }) => countOf(name, severities) + countOf(name, rules),
  },
];

const keyOfName = new Map(keys.map((key) => [key.name, key]));

/** The key of a name. Throws UserError where there is none, with the nearest that there is. */
export function keyNamed(name: string): Key {
  const family = keyFamilies.find(({ prefix }) => name.startsWith(prefix) && name !== prefix);
  const key = keyOfName.get(name) ?? (family === undefined ? undefined : memberOf(family, name));
  if (key !== undefined) return key;
  throw new UserError(`there is no key "${name.slice(0, LONGEST_QUOTE)}" to expect something of`, hintFor(name));
}

const LONGEST_QUOTE = 100;

/** Calls of functions, of custom tools, of MCP tools; not what they gave back, nor lists of tools. */
const CALL = /(?:call|tool_use)$/i;

function memberOf({ prefix, title, names, count }: KeyFamily, name: string): Key | undefined {
  const member = name.slice(prefix.length);
  if (names?.includes(member) === false) return undefined;
  return { name, kind: "number", title, read: (report, totals) => [count(member, report, totals)] };
}

function hintFor(name: string): string {
  const [head = ""] = name.split(".", 1);
  const known = [...keyOfName.keys(), ...keyFamilies.flatMap(({ prefix, names }) => names?.map((n) => prefix + n) ?? [])];
  const openHeads = keyFamilies.filter(({ names }) => names === null).map(({ prefix }) => prefix.slice(0, -1));
  const nearHead = name.length > head.length + 1 ? nearest(head, openHeads) : null;
  const near = nearHead === null ? nearest(name, known) : nearHead + name.slice(head.length);
  return near === null ? `keys are ${listKeys().join(", ")}` : `did you mean ${near}?`;
}

function listKeys(): string[] {
  return [...keyOfName.keys(), ...keyFamilies.map(({ prefix, placeholder }) => prefix + placeholder)];
}

function text(name: string, title: string, read: Key["read"]): Key {
  return { name, kind: "text", title, isNullable: true, read };
}

function number(name: string, title: string, read: Key["read"]): Key {
  return { name, kind: "number", title, read };
}

function duration(name: string, title: string, read: Key["read"]): Key {
  return { name, kind: "duration", title, isNullable: true, read };
}

/** A text that is never null, and its length in Unicode characters. */
function textWithLength(name: string, title: string, read: (response: ResponseReport) => string): Key[] {
  return [
    { name, kind: "text", title, read: ofResponses(read) },
    number(`${name}.length`, "its characters", ofResponses((response) => lengthOf(read(response)))),
  ];
}

function tokens(...names: readonly ("input" | "cachedInput" | "output" | "reasoning" | "total")[]): Key[] {
  return names.map((name) => ({
    ...number(`usage.${name}Tokens`, "tokens, as reported", ofResponses(({ usage }) => usage?.[`${name}Tokens`])),
    isNullable: true,
  }));
}

function itemsOf({ responses }: Report): ResponseReport["items"] {
  return responses.flatMap(({ items }) => items);
}

function countOf(name: string, counts: Readonly<Record<string, number>>): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Surrogate pairs are one character each; counted without a copy, for a text may be of any length. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
