// Facts in a few words, for the columns of the events view, for `show`, and for the HTML report.
import { isTextDelta, isTextEnd, type Fact, type TextDelta } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import { characterCount } from "../wording/characters.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { describeCost, describeServerTiming } from "../wording/provider-figures.ts";
import { describeError } from "../wording/stream-error.ts";
import { type EventKind, kindOfOne } from "./kinds.ts";

/** Between several facts of one event. */
const SEPARATOR = " · ";

/** An event of `kind` in words: facts of this kind first, without facts that they imply. */
export function wordsOfReading(reading: Reading, kind: EventKind): string {
  const { event, eventType, facts } = reading;
  const say = (fact: Fact): string => wordsWithData(fact, event.data);
  return (facts.length === 0 ? `adds nothing (${eventType})` : join(reading, kind, say)) + unterminated(reading);
}

/** The same without the text of deltas and without data, which are shown separately. Empty if nothing is left. */
export function wordsBesideData(reading: Reading, kind: EventKind): string {
  return `${join(reading, kind, wordsBeside)}${unterminated(reading)}`.trim();
}

function join({ facts, dialect }: Reading, kind: EventKind, say: (fact: Fact) => string): string {
  const [only] = facts;
  // Most events have one fact.
  if (only !== undefined && facts.length === 1) return say(only);
  const isMain = (fact: Fact): boolean => kindOfOne(fact, dialect) === kind;
  const shown = facts.filter((fact) => !isImplied(fact, facts, isMain, dialect));
  const main = shown.filter(isMain);
  const item = itemOf(main[0]);
  const parts = [...main, ...shown.filter((fact) => !main.includes(fact))].map((fact) => {
    const said = say(fact);
    const own = itemOf(fact);
    return own === null || own === item || said === "" ? said : `${own} ${said}`;
  });
  return parts.filter((part) => part !== "").join(SEPARATOR);
}

function unterminated({ pending }: Reading): string {
  return pending ? " (unterminated)" : "";
}

/** The item that an event of `kind` is about, `[0]` or `[0.1]`; empty if there is none. */
export function itemOfReading({ facts, dialect }: Reading, kind: EventKind): string {
  return itemOf(facts.find((fact) => kindOfOne(fact, dialect) === kind)) ?? "";
}

/** `[item]`, with the part if it is not the first; null if a fact is about no item. */
export function itemOf(fact: Fact | undefined): string | null {
  if (fact === undefined || !("item" in fact)) return null;
  const part = "part" in fact ? fact.part : 0;
  return part === 0 ? `[${fact.item}]` : `[${fact.item}.${part}]`;
}

/** Whether another fact of the event makes this one redundant; `isMain`: a fact is of the event's kind. */
function isImplied(
  fact: Fact,
  facts: readonly Fact[],
  isMain: (fact: Fact) => boolean,
  dialect: Reading["dialect"],
): boolean {
  // The end repeats the last snapshot.
  if (fact.type === "response-update") return facts.some(({ type }) => type === "response-end");
  if (fact.type === "item-start") return !isMain(fact) && kindOfOne(fact, dialect) !== "tool";
  if (fact.type === "part-start" || fact.type === "part-end" || fact.type === "item-end") return !isMain(fact);
  if (!isTextEnd(fact) || fact.text !== null) return false;
  return !isMain(fact) || facts.some((other) => other.type === "item-end" && other.item === fact.item && isMain(other));
}

/** A fact in words, with the data of its event if its meaning is unknown. */
function wordsWithData(fact: Fact, data: string): string {
  if (fact.type === "data-received") return fact.data;
  if (fact.type === "unrecognized") return words(fact.name, data);
  return fact.type === "unreadable" ? `${fact.reason}: ${data}` : wordsOfFact(fact);
}

function wordsBeside(fact: Fact): string {
  return isTextDelta(fact) ? lateness(fact) : wordsOfFact(fact);
}

function lateness({ late }: TextDelta): string {
  return late === true ? "(whole, no deltas)" : "";
}

/** A fact in words, without its item and without the data of its event. */
export function wordsOfFact(fact: Fact): string {
  if (isTextDelta(fact)) return words(JSON.stringify(fact.text), lateness(fact));
  if (isTextEnd(fact)) {
    return fact.text === null ? "ends" : `ends, ${countOf(characterCount(fact.text), "character")}`;
  }
  switch (fact.type) {
    case "response-start":
      return words(fact.resumed ? "resumed" : null, fact.model, fact.status, fact.id);
    case "response-update":
      return words(fact.status, fact.id);
    case "item-start":
      return words(fact.snapshot.type, fact.snapshot.name, "begins", fact.snapshot.detail);
    case "item-update":
      return fact.status;
    case "item-end": {
      const { type, name, status, detail } = fact.snapshot;
      return words(type, name, status === null ? "ends" : status, detail);
    }
    case "item-dropped":
      return "taken back";
    case "part-start":
      return words(fact.kind, "begins");
    case "part-end":
      return words(fact.kind, "ends");
    case "annotation-added":
      return words(fact.kind, fact.title);
    case "media-delta":
      return `${fact.media}, ${formatCount(fact.base64Length)} base64 characters`;
    case "usage-reported":
      return `tokens ${formatTokens(fact.usage.inputTokens)} in, ${formatTokens(fact.usage.outputTokens)} out`;
    case "server-timing-reported":
      return describeServerTiming(fact.serverTiming);
    case "cost-reported":
      return describeCost(fact.cost);
    case "error-reported":
      return describeError(fact.error);
    case "response-end":
      return words(fact.status ?? fact.outcome, fact.reason === fact.status ? null : fact.reason);
    case "keep-alive":
      return "keep-alive";
    case "done-sentinel":
      return "[DONE]";
    case "data-received":
      return "";
    case "unrecognized":
      return fact.name ?? "";
    case "unreadable":
      return fact.reason;
  }
}

function formatTokens(count: number | null): string {
  return count === null ? "?" : formatCount(count);
}

function words(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== "").join(" ");
}
