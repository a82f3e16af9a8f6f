// Reads the data that the reporter wrote. The large part of a stream is parsed when that stream is opened.
import { DEFAULT_STALL_MS } from "../../timing/silences.ts";
import type { PartName, RunSummary, StatisticsPart, StreamDetail, StreamSummary } from "../data.ts";
import type { ListedStream } from "./listed-stream.ts";

export interface LoadedReport {
  readonly run: RunSummary;
  readonly streams: readonly ListedStream[];
  /** Null: the page was cut off before them. */
  readonly statistics: StatisticsPart | null;
  /** Whether the page is one of statistics alone. */
  readonly isStatistics: boolean;
  detailOf(index: number): StreamDetail;
}

/** How many streams stay parsed, so that going back is quick. */
const MOST_PARSED = 4;

export function loadReport(document: Document): LoadedReport {
  const texts = (part: PartName): string[] =>
    [...document.querySelectorAll(`script[data-part="${part}"]`)].map((element) => element.textContent);
  const streams = texts("stream").map((text, index): ListedStream => {
    // The reporter wrote exactly this type.
    const summary: StreamSummary = JSON.parse(text);
    const { asked, source, place } = summary;
    const name = [asked, source, place].filter((part) => part !== null).join(" · ");
    return Object.assign(summary, { index, name });
  });
  const details = [...document.querySelectorAll('script[data-part="detail"]')];
  const [runText = "null"] = texts("run");
  const [statisticsText = "null"] = texts("statistics");
  const run: RunSummary | null = JSON.parse(runText);
  const parsed = new Map<number, StreamDetail>();
  return {
    // A page that was cut off while being written has no run part, but its streams are readable.
    run: run ?? unfinished(streams.length),
    streams,
    statistics: JSON.parse(statisticsText),
    isStatistics: runText === "null" && statisticsText !== "null",
    detailOf(index) {
      const known = parsed.get(index);
      if (known !== undefined) return known;
      const detail: StreamDetail = JSON.parse(details[index]?.textContent ?? "null");
      const [oldest] = parsed.keys();
      if (parsed.size >= MOST_PARSED && oldest !== undefined) parsed.delete(oldest);
      parsed.set(index, detail);
      return detail;
    },
  };
}

function unfinished(streams: number): RunSummary {
  return { exitCode: 0, streams, stallMs: DEFAULT_STALL_MS, meanings: {} };
}
