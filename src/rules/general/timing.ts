// Compares the times at which events arrive with how they were generated.
import { type Fact, isTextDelta } from "../../model/facts.ts";
import type { Difference, Place } from "../../model/finding.ts";
import { createBlockMeter } from "../../timing/blocks.ts";
import { countOf } from "../../wording/counts.ts";
import { formatDuration, formatMeasured } from "../../wording/durations.ts";
import { family } from "../rule.ts";

/** Shorter streams may be generated at once. */
const FEWEST_EVENTS = 20;
const NEARLY_ALL = 0.9;
/** A faster response did not keep the client waiting. */
const LONG_AFTER_START_MS = 1000;
/** Events within this share of the total time were generated before, and held back. */
const MOMENT_SHARE = 0.02;
const KIBIBYTE = 1024;

/** Events that arrived in one moment. */
interface Cluster {
  readonly place: Place;
  readonly startMs: number;
  endMs: number;
  events: number;
}

export const timingRules = family({
  name: "timing",
  rules: [
    {
      id: "buffered",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "Nearly all events arrived at once, long after the request.",
      why: "Something between the model and the client holds the stream back until it is over, so users wait for the whole response, and requests time out.",
      remedy:
        "Check each hop: `proxy_buffering off` or `X-Accel-Buffering: no` in nginx, no compression of `text/event-stream`, `Cache-Control: no-transform`, a flush after each event in the server, and `curl -N` if curl writes to a pipe.",
    },
    {
      id: "block-buffered",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning: "The stream arrived in blocks of equal size that end within events.",
      why: "Something between the model and the client sends the stream only when its buffer is full, so text appears in jumps, and the last words wait for the end.",
      remedy:
        "Flush after each event in the server, set `proxy_buffering off` or send `X-Accel-Buffering: no` for nginx, and use `curl -N` if curl writes to a pipe.",
      noExample:
        "There is no example: only a live stream, or its recording with `FILE.timing`, shows where reads end. `ssescope URL` against nginx with its defaults breaks this rule.",
    },
    {
      id: "stall",
      severity: { openai: "warning", "open-responses": "warning", lenient: "info" },
      meaning:
        "No event arrived for more than ten seconds (`--stall-threshold`) in the middle of a text; before the end of an unfinished response it is an error.",
      why: "For the user the response hangs, and clients with an idle timeout give up. Comments and pings keep a connection alive, but carry no content.",
      remedy:
        "Check the provider's status at that time and the same request without the proxies; give clients a timeout for the next event, not only for the next byte.",
    },
  ],
  watch(find, { stallMs }) {
    let events = 0;
    let cluster: Cluster | null = null;
    let largest: Cluster | null = null;
    let lastMs: number | null = null;
    let lastPlace: Place | null = null;
    /** The last event that is not a ping, and the signs of life since. */
    let lastWord: { readonly place: Place; readonly atMs: number } | null = null;
    let comments = 0;
    let pings = 0;
    /** The first comment or ping. */
    let firstSign: Place | null = null;
    /** The last event continues a text: the next delta is due. */
    let isInText = false;
    /** The open response; null if none is. */
    let open: number | null = null;
    /** The last response that has ended. */
    let ended = -1;
    const meter = createBlockMeter();
    /** Where the stream continued after the first block that ended within an event. */
    let firstBlock: Place | null = null;
    /** Stalls that may only be the waits between blocks. */
    const held: (() => void)[] = [];

    function noteArrival(atMs: number): void {
      const isAwaited = lastMs !== null && atMs > lastMs;
      if (lastPlace !== null && isAwaited && meter.endedWithinEvent()) firstBlock ??= lastPlace;
      lastMs = atMs;
    }

    /** Notes an event that is not a ping. */
    function noteWord(place: Place, atMs: number): void {
      if (lastWord !== null && isInText && atMs - lastWord.atMs > stallMs) {
        const { place } = lastWord;
        const silentMs = atMs - lastWord.atMs;
        const message = `${silence(silentMs, place, comments, pings)}, in the middle of a text`;
        const report = () => find("stall", place, message, differenceOf(silentMs, stallMs));
        if (meter.endedWithinEvent()) held.push(report);
        else report();
      }
      lastWord = { place, atMs };
      comments = 0;
      pings = 0;
    }

    function noteFact(fact: Fact): void {
      if (!("response" in fact) || fact.response <= ended) return;
      if (fact.type === "response-end" || fact.type === "error-reported") {
        ended = fact.response;
        open = null;
      } else open = fact.response;
    }

    function gather(place: Place, atMs: number, count: number): void {
      events += count;
      if (cluster === null || atMs - cluster.startMs > cluster.startMs * MOMENT_SHARE) {
        cluster = { place, startMs: atMs, endMs: atMs, events: 0 };
      }
      cluster.endMs = atMs;
      cluster.events += count;
      if (largest === null || cluster.events > largest.events) largest = cluster;
    }

    function findBuffered(): void {
      if (largest === null) return;
      const { place, startMs, endMs: lastMs, events: together } = largest;
      if (together < FEWEST_EVENTS || together < events * NEARLY_ALL || startMs < LONG_AFTER_START_MS) return;
      const moment = `${together} of ${events} events arrived within ${formatMeasured(lastMs - startMs)}`;
      find("buffered", place, `${moment}, ${(startMs / 1000).toFixed(1)} s after the start`);
    }

    /** Silences between blocks are caused by the buffer, not by the model. */
    function findBlocks(): void {
      const blocks = meter.blocks();
      if (blocks === null) for (const report of held) report();
      if (blocks === null || firstBlock === null) return;
      const { sizeBytes, reads, readsWithinEvent } = blocks;
      const size = sizeBytes % KIBIBYTE === 0 ? `${sizeBytes / KIBIBYTE} KiB` : countOf(sizeBytes, "byte");
      const parts = `${readsWithinEvent} of ${reads} chunks end within an event`;
      const message = `the stream arrived in blocks of ${size} (${parts}): flush after each event; nginx: proxy_buffering off; curl: -N`;
      find("block-buffered", firstBlock, message, { expected: "chunks that end with an event", seen: size });
    }

    function findSilenceAtEnd(endMs: number, firstMs: number | null): void {
      const silentMs = endMs - (lastWord?.atMs ?? firstMs ?? endMs);
      if (silentMs <= stallMs) return;
      const difference = differenceOf(silentMs, stallMs);
      if (lastWord === null) {
        if (firstSign === null) return;
        const message = `no event in ${formatDuration(silentMs)}, only ${signsOf(comments, pings)}`;
        find("stall", firstSign, message, difference, "error");
      } else if (open !== null) {
        const message = `${silence(silentMs, lastWord.place, comments, pings)}, and the response did not end`;
        find("stall", lastWord.place, message, difference, "error");
      }
    }

    let firstMs: number | null = null;
    return {
      bytes(bytes, atMs = null) {
        if (atMs === null) return;
        firstMs ??= atMs;
        meter.add(bytes, atMs);
      },
      record(record, atMs) {
        if (record.type === "comment") {
          comments += 1;
          firstSign ??= { index: 0, line: record.line, offset: record.offset };
        } else if (record.type === "event" && atMs !== null) noteArrival(atMs);
      },
      read({ event, facts, atMs }) {
        if (atMs === null) return;
        gather(event, atMs, 1);
        lastPlace = event;
        if (isPing(facts)) {
          pings += 1;
          firstSign ??= event;
          return;
        }
        noteWord(event, atMs);
        for (const fact of facts) noteFact(fact);
        // An event without content, such as a ping, neither continues nor ends a text.
        if (facts.some((fact) => "response" in fact)) {
          isInText = facts.some((fact) => isTextDelta(fact) && fact.late !== true);
        }
      },
      stretch({ like: { atMs }, last, events }) {
        if (atMs === null) return;
        gather(last, atMs, events);
        lastPlace = last;
        noteWord(last, atMs);
        isInText = true;
      },
      end({ endMs }) {
        findBuffered();
        findBlocks();
        if (endMs !== null) findSilenceAtEnd(endMs, firstMs);
      },
    };
  },
});

/** `no data for 15.0 s after event 29`, and what arrived instead. */
function silence(silentMs: number, { index }: Place, comments: number, pings: number): string {
  const only = comments + pings === 0 ? "" : ` but ${signsOf(comments, pings)}`;
  return `no data for ${formatDuration(silentMs)} after event ${index}${only}`;
}

/** `2 comments and 1 ping` */
function signsOf(comments: number, pings: number): string {
  const signs = [comments > 0 ? countOf(comments, "comment") : null, pings > 0 ? countOf(pings, "ping") : null];
  return signs.filter((sign) => sign !== null).join(" and ");
}

/** Whether an event only keeps the connection alive. */
function isPing(facts: readonly Fact[]): boolean {
  return facts.length > 0 && facts.every(({ type }) => type === "keep-alive");
}

function differenceOf(silentMs: number, stallMs: number): Difference {
  return { expected: `at most ${formatDuration(stallMs)}`, seen: formatDuration(silentMs) };
}
