// The known figures of a stream, each with its name.
import { visibleLine } from "../../terminal/visible.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import { formatDuration } from "../../wording/durations.ts";
import type { StreamDetail } from "../data.ts";
import type { ListedStream } from "./listed-stream.ts";

interface FactListProps {
  readonly stream: ListedStream;
  readonly detail: StreamDetail;
  readonly stallMs: number;
}

export function FactList({ stream, detail, stallMs }: FactListProps) {
  return (
    <dl class="facts">
      {factsOf(stream, detail, stallMs).map(([name, value, tone]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={tone ?? ""}>{visibleLine(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

type ShownFact = readonly [name: string, value: string, tone?: "bad"];

/** Omits unknown values. */
function factsOf(
  stream: ListedStream,
  { responses, timing, framing, bytes }: StreamDetail,
  stallMs: number,
): ShownFact[] {
  const longestGapMs = timing?.gapMs.max ?? null;
  const [first] = responses;
  const usage = responses.flatMap(({ usage }) => usage ?? []);
  const sum = (key: "inputTokens" | "outputTokens" | "reasoningTokens" | "cachedInputTokens"): number | null => {
    const known = usage.flatMap((one) => one[key] ?? []);
    return known.length === 0 ? null : known.reduce((all, one) => all + one, 0);
  };
  const facts: (ShownFact | null)[] = [
    stream.model === null ? null : ["model", stream.model],
    stream.dialect === null
      ? null
      : ["protocol", `${stream.dialect}${framing === null || framing === "sse" ? "" : ` in ${framing}`}`],
    first?.status === null || first === undefined
      ? null
      : ["status", responses.length === 1 ? first.status : `${responses.length} responses`],
    tokens("input", sum("inputTokens"), sum("cachedInputTokens"), "cached"),
    tokens("output", sum("outputTokens"), sum("reasoningTokens"), "reasoning"),
    duration("first token", stream.ttftMs),
    duration("total", stream.totalMs),
    longestGapMs === null ? null : longestGap(longestGapMs, stallMs),
    first?.timing?.outputTokensPerSecond === null || first?.timing === null || first === undefined
      ? null
      : ["rate", `${first.timing.outputTokensPerSecond.toFixed(1)} tokens/s`],
    stream.endedBy === null ? null : ["ended by", stream.endedBy.replace("-", " ")],
    stream.events === null ? null : ["events", formatCount(stream.events)],
    ["size", sizeOf(bytes)],
    first?.cost === null || first === undefined ? null : ["cost", first.cost],
    first?.serverTiming === null || first === undefined ? null : ["server timing", first.serverTiming],
  ];
  return facts.filter((fact) => fact !== null);
}

function tokens(name: string, count: number | null, part: number | null, partName: string): ShownFact | null {
  if (count === null) return null;
  const ofPart = part === null || part === 0 ? "" : `, ${formatCount(part)} ${partName}`;
  return [name, `${countOf(count, "token")}${ofPart}`];
}

function longestGap(ms: number, stallMs: number): ShownFact {
  const text = formatDuration(ms);
  return ms > stallMs ? ["longest gap", text, "bad"] : ["longest gap", text];
}

function duration(name: string, ms: number | null): ShownFact | null {
  return ms === null ? null : [name, formatDuration(ms)];
}

const UNITS = ["bytes", "KiB", "MiB", "GiB"];

function sizeOf(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  return power === 0 ? `${formatCount(bytes)} bytes` : `${(bytes / 1024 ** power).toFixed(1)} ${UNITS[power] ?? ""}`;
}
