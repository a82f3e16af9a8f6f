// Reads a Responses stream in the simplest way, without the program's code: split, parse, look at the last snapshots.

interface PlainResponse {
  readonly verdict: string;
  readonly status: string | null;
  readonly text: string;
  /** Types of the items, in order. */
  readonly items: readonly string[];
  readonly usage: readonly (number | null)[] | null;
}

export interface PlainReading {
  /** The number of SSE blocks with data and a blank line, or of NDJSON lines. */
  readonly events: number;
  readonly responses: readonly PlainResponse[];
}

/** `textFrom`: the deltas in order of arrival, or the last snapshot (without one, the items). */
export function readPlainly(input: string, isSse: boolean, textFrom: "deltas" | "last snapshot"): PlainReading {
  const payloads = payloadsOf(input, isSse);
  const isCut = isSse && !/(?:\r?\n){2}$/.test(input);
  return {
    events: payloads.length - (isCut ? 1 : 0),
    responses: splitResponses(payloads.map(parse)).map((response) => readResponse(response, textFrom)),
  };
}

/** The data of each event, in order; in SSE, including a last one without a blank line. */
export function payloadsOf(input: string, isSse: boolean): string[] {
  if (!isSse) return input.split("\n").filter((line) => line.trim() !== "");
  return input
    .split(/(?:\r?\n){2,}/)
    .map((block) => block.split(/\r?\n/).filter((line) => line.startsWith("data:")))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.slice("data:".length).replace(/^ /, "")).join("\n"));
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function splitResponses(payloads: readonly unknown[]): unknown[][] {
  const responses: unknown[][] = [];
  for (const payload of payloads) {
    if (responses.length === 0 || at(payload, "type") === "response.created") responses.push([]);
    responses.at(-1)?.push(payload);
  }
  return responses;
}

const TERMINALS = new Map([
  ["response.completed", "completed"],
  ["response.incomplete", "incomplete"],
  ["response.failed", "failed"],
]);

function readResponse(payloads: readonly unknown[], textFrom: "deltas" | "last snapshot"): PlainResponse {
  const last = payloads.findLast((payload) => TERMINALS.has(text(at(payload, "type"))));
  const done = payloads.filter((payload) => at(payload, "type") === "response.output_item.done");
  const inOrder = done.toSorted((a, b) => Number(at(a, "output_index")) - Number(at(b, "output_index")));
  const final = list(at(last, "response", "output"));
  const output = final.length > 0 ? final : inOrder.map((payload) => at(payload, "item"));
  const isError = payloads.some((payload) => at(payload, "type") === "error");
  const snapshots = payloads.filter((payload) => at(payload, "response", "status") !== undefined);
  const usage = at(last, "response", "usage");
  return {
    verdict: isError ? "failed" : (TERMINALS.get(text(at(last, "type"))) ?? "truncated"),
    status: text(at(snapshots.at(-1), "response", "status")) || null,
    text: textFrom === "deltas" ? deltasOf(payloads) : textOf(output),
    items: output.map((item) => text(at(item, "type"))),
    usage:
      usage === undefined || usage === null
        ? null
        : [
            at(usage, "input_tokens"),
            at(usage, "input_tokens_details", "cached_tokens"),
            at(usage, "output_tokens"),
            at(usage, "output_tokens_details", "reasoning_tokens"),
            at(usage, "total_tokens"),
          ].map((count) => (typeof count === "number" ? count : null)),
  };
}

function deltasOf(payloads: readonly unknown[]): string {
  const deltas = payloads.filter((payload) => at(payload, "type") === "response.output_text.delta");
  return deltas.map((payload) => text(at(payload, "delta"))).join("");
}

function textOf(output: readonly unknown[]): string {
  return output
    .filter((item) => at(item, "type") === "message")
    .flatMap((item) => list(at(item, "content")))
    .map((part) => (at(part, "type") === "output_text" ? text(at(part, "text")) : ""))
    .join("");
}

/** The value at a path of keys; undefined if there is none. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
