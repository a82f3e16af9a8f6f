// The keys of `--expect`: a closed table with the definition of each, and how to read its value from a report.
import { type EndedBy, enders } from "../model/ended-by.ts";
import { verdicts } from "../model/verdict.ts";
import type { StreamError, Usage } from "../model/facts.ts";
import type { Report, ResponseReport } from "../model/report.ts";
import type { ResponseTiming } from "../model/timing.ts";
import { ruleFamilies } from "../pipeline/rule-families.ts";
import { severities } from "../model/finding.ts";
import type { Absent, Key, KeyFamily, Value } from "./expectation-key.ts";
import { nearest } from "./nearest.ts";
import { calledTools, timeOfCall } from "./tool-calls.ts";

const NOT_REPORTED: Absent = { absent: "not reported" };
const NO_RESPONSE: Absent = { absent: "not reported: there is no response" };
const NOT_TIMED: Absent = {
  absent: "not known: times were not recorded",
  hint: "record them with curl -N … | ssescope check --record FILE, or check the URL itself",
};
const NOBODY_ENDED_IT: Absent = { absent: "not known: there was no connection, or a size limit was reached" };
const meaningOfEnder: Readonly<Record<EndedBy, string>> = {
  server: "the server closed the connection",
  "server-reset": "the server reset the connection",
  client: "the client closed the connection",
  timeout: "a time limit of ssescope was reached",
  signal: "Ctrl-C or a signal stopped the reading",
  "input-end": "a file or a pipe ended, which does not say who ended the stream",
};
const DID_NOT_COME: Absent = { absent: "not known: the measured event did not arrive" };
const DID_NOT_END: Absent = { absent: "not known: the response did not end" };
const END_NOT_KNOWN: Absent = { absent: "not known: the time of the end was not recorded" };

/** The ids of all rules for streams. */
function ruleIds(): readonly string[] {
  return ruleFamilies().flatMap(({ family }) => family.rules.map(({ id }) => id));
}

/** A row of the tables: how to read a value from one stream, or from one response. Null means not reported. */
interface Row<Of> extends Omit<Key, "read"> {
  readonly read: (of: Of) => Value | null | undefined;
}

const streamRows: readonly Row<Report>[] = [
  { name: "verdict", kind: "text", title: "how the stream ended", choices: verdicts, read: (r) => r.verdict },
  { name: "framing", kind: "text", title: "framing of the events", isNullable: true, read: (r) => r.framing },
  { name: "dialect", kind: "text", title: "protocol of the events", isNullable: true, read: (r) => r.dialect },
  {
    name: "endedBy",
    kind: "text",
    title: `who ended it: ${enders.join(", ")}`,
    isNullable: true,
    choices: enders,
    meanings: meaningOfEnder,
    read: (r) => r.endedBy ?? NOBODY_ENDED_IT,
  },
  { name: "bytes", kind: "number", title: "bytes read", read: (r) => r.bytes },
  { name: "events", kind: "number", title: "events", read: (r) => r.events },
  { name: "comments", kind: "number", title: "comment lines", read: (r) => r.comments },
  { name: "responses", kind: "number", title: "responses in the stream", read: (r) => r.responses.length },
  { name: "items", kind: "number", title: "output items of all responses", read: (r) => itemsOf(r).length },
  { name: "http.status", kind: "number", title: "HTTP status code", isNullable: true, read: (r) => r.http?.status },
  {
    name: "http.contentType",
    kind: "text",
    title: "HTTP content type",
    isNullable: true,
    read: (r) => r.http?.contentType,
  },
  {
    name: "http.contentEncoding",
    kind: "text",
    title: "HTTP content coding, such as gzip",
    isNullable: true,
    read: (r) => r.http?.contentEncoding,
  },
];

/** Applies to the whole stream, which may have no response. */
const silenceRow: Key = {
  name: "silence.end",
  kind: "duration",
  title: "time from the last event to the end",
  isNullable: true,
  read: ({ timing }) => [timing === null ? NOT_TIMED : (timing.silenceAtEndMs ?? END_NOT_KNOWN)],
};

const responseRows: readonly Row<ResponseReport>[] = [
  { name: "status", kind: "text", title: "the provider's last status", isNullable: true, read: (r) => r.status },
  { name: "reason", kind: "text", title: "why the response is incomplete", isNullable: true, read: (r) => r.reason },
  { name: "id", kind: "text", title: "response id", isNullable: true, read: (r) => r.id },
  { name: "model", kind: "text", title: "model name", isNullable: true, read: (r) => r.model },
  { name: "serviceTier", kind: "text", title: "service tier", isNullable: true, read: (r) => r.serviceTier },
  { name: "text", kind: "text", title: "all visible text", read: (r) => r.text },
  {
    name: "text.length",
    kind: "number",
    title: "length of the visible text, in characters",
    read: (r) => lengthOf(r.text),
  },
  { name: "reasoning", kind: "text", title: "all reasoning", read: (r) => r.reasoning },
  { name: "reasoning.length", kind: "number", title: "length of all reasoning", read: (r) => lengthOf(r.reasoning) },
  { name: "refusal", kind: "text", title: "all refusals", read: (r) => r.refusal },
  { name: "refusal.length", kind: "number", title: "length of all refusals", read: (r) => lengthOf(r.refusal) },
  tokens("inputTokens", "input tokens, including cached ones"),
  tokens("cachedInputTokens", "cached input tokens"),
  tokens("outputTokens", "output tokens, including reasoning"),
  tokens("reasoningTokens", "reasoning tokens"),
  tokens("totalTokens", "total tokens"),
  {
    name: "cost",
    kind: "number",
    title: "cost as reported, in its unit",
    isNullable: true,
    read: (r) => r.cost?.amount,
  },
  {
    name: "cost.unit",
    kind: "text",
    title: "unit of the cost, such as USD",
    isNullable: true,
    read: (r) => r.cost?.unit,
  },
  duration("ttft", "time to the first token", (timing) => timing.ttftMs),
  duration("firstText", "time to the first visible text", (timing) => timing.firstTextMs),
  duration("gap.p50", "median gap between chunks", (timing) => timing.gapMs.p50),
  duration("gap.p95", "95th percentile of the gaps", (timing) => timing.gapMs.p95),
  duration("gap.p99", "99th percentile of the gaps", (timing) => timing.gapMs.p99),
  duration("gap.max", "longest gap, including the one before the end", (timing) => timing.gapMs.max),
  duration("total", "time to the end of the response", (timing) => timing.totalMs, DID_NOT_END),
  {
    name: "tokensPerSecond",
    kind: "number",
    title: "output tokens per second of generation",
    isNullable: true,
    read: ({ timing }) => (timing === null ? NOT_TIMED : (timing.outputTokensPerSecond ?? NOT_REPORTED)),
  },
];

/** The keys with one name each, in the order of help. */
export const keys: readonly Key[] = [
  ...streamRows.map(keyOfStream),
  { name: "tool", kind: "names", title: "names of the called tools", isNullable: true, read: calledTools },
  {
    name: "findings",
    kind: "number",
    title: "findings of all rules",
    read: (_report, { severities }) => [Object.values(severities).reduce((total, count) => total + count, 0)],
  },
  ...responseRows.map(keyOfResponses),
  silenceRow,
  keyOfError("type", "type of the error, including transport errors"),
  keyOfError("code", "code of the error"),
  keyOfError("message", "message of the error"),
];

const COUNTS = { kind: "number", suffix: "" } as const;

/** The keys that contain a name, in the order of help. */
export const keyFamilies: readonly KeyFamily[] = [
  {
    prefix: "items.",
    placeholder: "<type>",
    title: "items of a type: message, reasoning, function_call …",
    names: null,
    ...COUNTS,
    read: (name, report) => itemsOf(report).filter(({ type }) => type === name).length,
  },
  {
    prefix: "eventTypes.",
    placeholder: "<type>",
    title: "events of a type: response.created, ping …",
    names: null,
    ...COUNTS,
    read: (name, { eventTypes }) => countOf(name, eventTypes),
  },
  {
    prefix: "findings.",
    placeholder: "<what>",
    title: "findings of a severity or of a rule: error, sequence-gap …",
    names: () => [...severities, ...ruleIds()],
    ...COUNTS,
    read: (name, _report, { severities, rules }) => countOf(name, severities) + countOf(name, rules),
  },
  {
    prefix: "tool.",
    suffix: ".at",
    placeholder: "<name>",
    title: "time to the first call of a tool",
    kind: "duration",
    isNullable: true,
    names: null,
    read: (name, report) => timeOfCall(name, report) ?? NOT_TIMED,
  },
];

const keyOfName = new Map(keys.map((key) => [key.name, key]));

/** The key with this name; null if there is none. */
export function keyNamed(name: string): Key | null {
  const family = keyFamilies.find(
    ({ prefix, suffix }) =>
      name.startsWith(prefix) && name.endsWith(suffix) && name.length > prefix.length + suffix.length,
  );
  return keyOfName.get(name) ?? (family === undefined ? null : memberOf(family, name));
}

/** Whether a key with this name exists, apart from those that contain a name. */
export function isKey(name: string): boolean {
  return keyOfName.has(name);
}

function memberOf(family: KeyFamily, name: string): Key | null {
  const { kind, title, isNullable, names, prefix, suffix } = family;
  const member = name.slice(prefix.length, name.length - suffix.length);
  if (names?.().includes(member) === false) return null;
  const read: Key["read"] = (report, totals) => [family.read(member, report, totals)];
  return { name, kind, title, ...(isNullable && { isNullable }), read };
}

/** A hint for an unknown key: the nearest key, or all of them. */
export function suggestKey(name: string): string {
  const [head = ""] = name.split(".", 1);
  const known = [
    ...keyOfName.keys(),
    ...keyFamilies.flatMap(({ prefix, names }) => names?.().map((n) => prefix + n) ?? []),
  ];
  const unfinished = keyFamilies.find(({ prefix, suffix }) => suffix !== "" && name.startsWith(prefix));
  if (unfinished !== undefined) {
    const [member = ""] = name.slice(unfinished.prefix.length).split(".", 1);
    const isWithoutName = member === "" || `.${member}` === unfinished.suffix;
    return `did you mean ${isWithoutName ? formOf(unfinished) : unfinished.prefix + member + unfinished.suffix}?`;
  }
  const openHeads = keyFamilies.filter(({ names }) => names === null).map(({ prefix }) => prefix.slice(0, -1));
  const nearHead = name.length > head.length + 1 ? nearest(head, openHeads) : null;
  const near = nearHead === null ? nearest(name, known) : nearHead + name.slice(head.length);
  if (near !== null && near !== name && keyNamed(near) === null) return suggestKey(near);
  return near === null ? `keys are ${listKeys().join(", ")}` : `did you mean ${near}?`;
}

function listKeys(): string[] {
  return [...keyOfName.keys(), ...keyFamilies.map(formOf)];
}

/** The form of a family's keys: `items.<type>`. */
export function formOf({ prefix, placeholder, suffix }: KeyFamily): string {
  return prefix + placeholder + suffix;
}

function tokens(name: Exclude<keyof Usage, "raw">, title: string): Row<ResponseReport> {
  return { name: `usage.${name}`, kind: "number", title, isNullable: true, read: ({ usage }) => usage?.[name] };
}

/** `missing`: why there is no time although times are known. */
function duration(
  name: string,
  title: string,
  read: (timing: ResponseTiming) => number | null,
  missing: Absent = DID_NOT_COME,
): Row<ResponseReport> {
  const readTiming = ({ timing }: ResponseReport) => (timing === null ? NOT_TIMED : (read(timing) ?? missing));
  return { name, kind: "duration", title, isNullable: true, read: readTiming };
}

function keyOfStream({ read, ...row }: Row<Report>): Key {
  return { ...row, read: (report) => [read(report) ?? NOT_REPORTED] };
}

function keyOfResponses({ read, ...row }: Row<ResponseReport>): Key {
  return { ...row, isOfResponses: true, read: (report) => ofEach(report, read) };
}

/** An error of the whole stream comes before the errors of its responses. */
function keyOfError(part: keyof StreamError, title: string): Key {
  const read = (report: Report): readonly Value[] =>
    report.error === null ? ofEach(report, ({ error }) => error?.[part]) : [report.error[part] ?? NOT_REPORTED];
  return { name: `error.${part}`, kind: "text", title, isNullable: true, isOfResponses: true, read };
}

function ofEach({ responses }: Report, read: Row<ResponseReport>["read"]): readonly Value[] {
  return responses.length === 0 ? [NO_RESPONSE] : responses.map((response) => read(response) ?? NOT_REPORTED);
}

function itemsOf({ responses }: Report): ResponseReport["items"] {
  return responses.flatMap(({ items }) => items);
}

function countOf(name: string, counts: Readonly<Record<string, number>>): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
}

/** Counts a surrogate pair as one character, without a copy, because a text may have any length. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
