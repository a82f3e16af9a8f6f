// The tools that a stream calls, and when.
import { traitsNamed } from "../dialects/traits-named.ts";
import type { ItemReport, Report } from "../model/report.ts";
import type { Absent } from "./expectation-key.ts";

/** The names of all calls, in input order. The dialect decides which items call tools. */
export function calledTools(report: Report): string[] {
  return namedCalls(report).map(({ name }) => name);
}

/**
 * When the first event about the first call of a tool arrived, in ms from the same start as the time to the first
 * token. Null if times were not recorded.
 */
export function timeOfCall(tool: string, report: Report): number | Absent | null {
  const calls = namedCalls(report);
  const ofTool = calls.filter(({ name }) => name === tool);
  if (ofTool.length === 0) {
    return { absent: "not called", clause: `${tool} was not called; ${describeTools(calledTools(report))}` };
  }
  const times = ofTool.map(({ firstEventMs }) => firstEventMs).filter((ms) => ms !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** `the tools called were: get_time, get_tide`. Untrusted text. */
export function describeTools(names: readonly string[]): string {
  return names.length === 0 ? "no tool was called" : `the tools called were: ${names.join(", ")}`;
}

/** A tool call in a report. */
export type ToolCall = ItemReport & { readonly name: string };

/** All calls, in input order. */
export function namedCalls({ dialect, responses }: Report): ToolCall[] {
  const calls = traitsNamed(dialect)?.toolCalls.items;
  const isCall = (item: ItemReport): item is ToolCall => item.name !== undefined && calls?.test(item.type) === true;
  return responses.flatMap(({ items }) => items.filter(isCall));
}
