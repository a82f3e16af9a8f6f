// Filters the list of streams and groups it under headings.
import type { Tone } from "../../model/verdict.ts";
import type { ListedStream } from "./listed-stream.ts";

export const groupings = ["cause", "rule", "model", "dialect", "folder"] as const;
export type Grouping = (typeof groupings)[number];

export const outcomes = ["all", "failing", "warnings", "passed"] as const;
export type OutcomeFilter = (typeof outcomes)[number];

export interface StreamFilter {
  readonly search: string;
  readonly outcome: OutcomeFilter;
}

export interface StreamGroup {
  /** Identifies the group. */
  readonly key: string;
  readonly title: string;
  readonly detail: string | null;
  readonly tone: Tone;
  readonly streams: readonly ListedStream[];
}

/** A stream is failing if the command's exit code for this stream is not 0. */
function outcomeOf(stream: ListedStream): Exclude<OutcomeFilter, "all"> {
  if (stream.exitCode !== 0) return "failing";
  return stream.cause.tone === "good" ? "passed" : "warnings";
}

export type OutcomeCounts = Readonly<Record<Exclude<OutcomeFilter, "all">, number>>;

export function countOutcomes(streams: readonly ListedStream[]): OutcomeCounts {
  const counts = { failing: 0, warnings: 0, passed: 0 };
  for (const stream of streams) counts[outcomeOf(stream)] += 1;
  return counts;
}

/** Keeps the streams whose names, outcome and rules contain all words of the search. */
export function filterStreams(streams: readonly ListedStream[], { search, outcome }: StreamFilter): ListedStream[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return streams.filter((stream) => {
    if (outcome !== "all" && outcomeOf(stream) !== outcome) return false;
    if (words.length === 0) return true;
    const { name, reason, cause, course, end, model, dialect, rules } = stream;
    const text = [name, reason, cause.name, cause.detail, course, end, model, dialect, ...rules]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const RANK: Readonly<Record<Tone, number>> = { bad: 0, warning: 1, good: 2 };

/** Failing streams come before passing ones. */
function rankOf(stream: ListedStream): number {
  return (stream.exitCode === 0 ? 3 : 0) + RANK[toneOf(stream)];
}

interface GrowingGroup extends StreamGroup {
  tone: Tone;
  /** The rank of its worst stream. */
  rank: number;
  readonly streams: ListedStream[];
}

/** The worst groups first, then the largest. Grouped by rule, a stream is in the group of each of its rules. */
export function groupStreams(streams: readonly ListedStream[], grouping: Grouping): StreamGroup[] {
  const groups = new Map<string, GrowingGroup>();
  for (const stream of streams) {
    for (const { title, detail } of headingsOf(stream, grouping)) {
      const key = `${title}\n${detail ?? ""}`;
      const rank = rankOf(stream);
      const tone = toneOf(stream);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { key, title, detail, tone, rank, streams: [stream] });
      else {
        group.streams.push(stream);
        if (rank < group.rank) Object.assign(group, { rank, tone });
      }
    }
  }
  return [...groups.values()].toSorted((a, b) => a.rank - b.rank || b.streams.length - a.streams.length);
}

/** A failing stream is never shown as good. */
export function toneOf({ exitCode, cause }: ListedStream): Tone {
  return exitCode !== 0 && cause.tone === "good" ? "bad" : cause.tone;
}

function headingsOf(stream: ListedStream, grouping: Grouping): { title: string; detail: string | null }[] {
  switch (grouping) {
    case "cause":
      return [{ title: stream.cause.name, detail: stream.cause.detail }];
    case "rule":
      return (stream.rules.length === 0 ? ["no findings"] : stream.rules).map((title) => ({ title, detail: null }));
    case "model":
      return [{ title: stream.model ?? "unknown model", detail: null }];
    case "dialect":
      return [{ title: stream.dialect ?? "unknown dialect", detail: null }];
    case "folder":
      return [{ title: splitName(stream.source).folder || "this folder", detail: null }];
  }
}

/** Splits a path into its folder, with the slash at its end, and its last part. */
export function splitName(name: string): { readonly folder: string; readonly base: string } {
  const end = name.replace(/[/\\]+$/, "").search(/[^/\\]*$/);
  return { folder: name.slice(0, end), base: name.slice(end) };
}
