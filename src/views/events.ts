// One line per event, for people: index, time or line, event type, and a digest of what it says.
import { isTextDelta, isTextEnd, type Fact } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import type { Page } from "../terminal/page.ts";
import { paintOfSeverity } from "./paints.ts";
import type { View, ViewListener } from "./view.ts";
import { characterCount } from "../wording/characters.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize, excerpt } from "../wording/cut.ts";
import { describeCost, describeServerTiming } from "../wording/provider-figures.ts";
import { describeError } from "../wording/stream-error.ts";

const INDEX_WIDTH = 5;
/** Of the line in the input, or, where times are known, of the seconds since the source was opened. */
const PLACE_WIDTH = 9;
const TYPE_WIDTH = 30;
/** Longer than any that is known; an input could name its events with megabytes. */
const LONGEST_TYPE = 60;
/** A finding is worth a second line on a narrow page, but no more. */
const LONGEST_FINDING = 160;
/** Where the width of the page is not known. */
const DEFAULT_COLUMNS = 140;
/** A page narrower than this has event types without their first word: `…output_text.delta`. */
const NARROW_COLUMNS = 100;
const NARROWEST_DIGEST = 16;

export const events: View = {
  name: "events",
  title: "a line for each event, for people",
  hasSummary: true,
  create: watch,
};

function watch(page: Page): ViewListener {
  const columns = page.columns ?? DEFAULT_COLUMNS;
  const isNarrow = columns < NARROW_COLUMNS;

  function writeLine(index: string, place: string, type: string, digest: string): void {
    const head = `${index.padStart(INDEX_WIDTH)}${place.padStart(PLACE_WIDTH)}  `;
    const name = isNarrow
      ? shorten(cutWithSize(type, LONGEST_TYPE))
      : cutWithSize(type, LONGEST_TYPE).padEnd(TYPE_WIDTH);
    const room = columns - head.length - name.length - 2;
    page.writeInline(head, "dim");
    page.writeInline(name, "name");
    page.writeInline(`  ${cutWithSize(digest, Math.max(room, NARROWEST_DIGEST))}`);
    page.write("\n");
  }

  return {
    record(record, atMs) {
      if (record.type === "comment") writeLine("", placeOf(record, atMs), ":", record.text.trim());
      else if (record.type === "retry") writeLine("", placeOf(record, atMs), "retry", `${formatCount(record.ms)} ms`);
      else if (record.type === "stray") {
        const { line, text } = record;
        for (const [index, stray] of text.split("\n").entries()) {
          writeLine("", placeOf({ line: line + index }, atMs), "stray", stray.trim());
        }
      }
    },
    read(reading) {
      const { event, eventType, atMs, pending, stray } = reading;
      if (stray) return; // its record was shown
      const said = `${digest(reading)}${pending ? " (unterminated)" : ""}`;
      writeLine(String(event.index), placeOf(event, atMs), eventType, said);
    },
    finding({ severity, rule, message }) {
      page.write(" ".repeat(INDEX_WIDTH + PLACE_WIDTH + 2));
      page.writeInline(`${severity} ${rule}: ${cutWithSize(message, LONGEST_FINDING)}`, paintOfSeverity[severity]);
      page.write("\n");
    },
  };
}

/** Its time where that is known, else its line. */
function placeOf({ line }: { readonly line: number }, atMs: number | null): string {
  return atMs === null ? String(line) : `${(atMs / SECOND_MS).toFixed(3)}s`;
}

const SECOND_MS = 1000;

/** What an event says, in a few words. */
function digest({ event, facts }: Reading): string {
  // What a last snapshot says, the end says too.
  const isEnd = facts.some((fact) => fact.type === "response-end");
  const told = isEnd ? facts.filter((fact) => fact.type !== "response-update") : facts;
  const parts = told.map((fact) => describe(fact, event.data)).filter((part) => part !== "");
  return parts.join("; ") || event.data;
}

function shorten(type: string): string {
  const [first = "", ...rest] = type.split(".");
  return rest.length < 2 ? type : excerpt(type, first.length + 1, type.length);
}

function describe(fact: Fact, data: string): string {
  if (isTextDelta(fact)) return `${partOf(fact)} ${JSON.stringify(fact.text)}${fact.late ? " (whole, no deltas)" : ""}`;
  if (isTextEnd(fact)) {
    const size = fact.text === null ? "end of the text" : `${countOf(characterCount(fact.text), "character")} in all`;
    return `${partOf(fact)} ${size}`;
  }
  switch (fact.type) {
    case "response-start":
      return words(fact.resumed ? "resumed" : null, fact.status, fact.model, fact.id);
    case "response-update":
      return words(fact.status, fact.id);
    case "item-start":
      return words(`[${fact.item}]`, fact.snapshot.type, fact.snapshot.name, fact.snapshot.status);
    case "item-update":
      return words(`[${fact.item}]`, fact.status);
    case "item-end":
      return words(
        `[${fact.item}]`,
        fact.snapshot.type,
        fact.snapshot.name,
        fact.snapshot.status,
        fact.snapshot.detail,
      );
    case "item-dropped":
      return words(`[${fact.item}]`, "taken back");
    case "part-start":
    case "part-end":
      return words(partOf(fact), fact.kind, fact.type === "part-start" ? "begins" : "ends");
    case "annotation-added":
      return words(`[${fact.item}]`, fact.kind, fact.title);
    case "media-delta":
      return words(`[${fact.item}]`, fact.media, `${formatCount(fact.base64Length)} base64 characters`);
    case "usage-reported":
      return `${formatTokens(fact.usage.inputTokens)} in, ${formatTokens(fact.usage.outputTokens)} out`;
    case "server-timing-reported":
      return describeServerTiming(fact.serverTiming);
    case "cost-reported":
      return describeCost(fact.cost);
    case "error-reported":
      return describeError(fact.error);
    case "response-end":
      return words(fact.status ?? fact.outcome, fact.reason);
    case "keep-alive":
      return "keep-alive";
    case "done-sentinel":
      return "[DONE]";
    case "data-received":
      return fact.data;
    case "unrecognized":
      return `not known: ${data}`;
    case "unreadable":
      return `${fact.reason}: ${data}`;
  }
}

/** `[item]`, and the part where it is not the first. */
function partOf({ item, part }: { readonly item: number; readonly part: number }): string {
  return part === 0 ? `[${item}]` : `[${item}.${part}]`;
}

function formatTokens(count: number | null): string {
  return count === null ? "? tokens" : countOf(count, "token");
}

function words(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined).join(" ");
}
