// The rows of the stream list: a group, or a stream with its name, place and problem.
import { visibleLine } from "../../terminal/visible.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import { formatDuration } from "../../wording/durations.ts";
import { type StreamGroup, toneOf } from "./grouping.ts";
import type { ListedStream } from "./listed-stream.ts";
import type { ShownName } from "./names.ts";
import { Shortened } from "./shortened.tsx";

export const GROUP_HEIGHT = 38;
/** By number of lines. */
const STREAM_HEIGHTS = { 1: 44, 2: 60, 3: 80 } as const;

/** The height of a stream's row. */
export function heightOfStream(stream: ListedStream): number {
  return STREAM_HEIGHTS[linesOf(stream)];
}

/** Its name, then its place in its source, then its problem. */
function linesOf({ place, reason }: ListedStream): 1 | 2 | 3 {
  if (place !== null && reason !== null) return 3;
  return place === null && reason === null ? 1 : 2;
}

interface GroupRowProps {
  readonly id: string;
  readonly mark: string;
  readonly group: StreamGroup;
  readonly isOpen: boolean;
  readonly meaning: string | null;
  readonly toggle: () => void;
}

export function GroupRow({ id, mark, group, isOpen, meaning, toggle }: GroupRowProps) {
  return (
    <div
      id={id}
      class={`group-row${mark}`}
      role="option"
      aria-selected={false}
      aria-expanded={isOpen}
      title={meaning ?? ""}
      onClick={toggle}
    >
      <span class="fold-mark" aria-hidden="true">
        {isOpen ? "▾" : "▸"}
      </span>
      <span class={`group-title ${group.tone}`}>{visibleLine(group.title)}</span>
      {group.detail !== null && <span class="group-detail">{visibleLine(group.detail)}</span>}
      <span class="count">{formatCount(group.streams.length)}</span>
    </div>
  );
}

interface StreamRowProps {
  readonly id: string;
  readonly mark: string;
  readonly stream: ListedStream;
  readonly shown: ShownName;
  readonly isOpen: boolean;
  readonly choose: () => void;
}

export function StreamRow({ id, mark, stream, shown, isOpen, choose }: StreamRowProps) {
  const { folder, base } = shown;
  return (
    <div
      id={id}
      class={`stream-row lines-${linesOf(stream)}${mark}${isOpen ? " open" : ""}`}
      role="option"
      aria-selected={isOpen}
      title={visibleLine(stream.name)}
      onClick={choose}
    >
      <span class={`dot ${toneOf(stream)}`} aria-hidden="true" />
      <span class="stream-name">
        {folder !== "" && <span class="folder">{visibleLine(folder)}</span>}
        <span class="base">
          <Shortened text={base} tail={NAME_TAIL} />
        </span>
      </span>
      <span class="stream-figures">{figuresOf(stream)}</span>
      {stream.place !== null && (
        <span class="stream-place">
          <Shortened text={stream.place} tail={PLACE_TAIL} />
        </span>
      )}
      {stream.reason !== null && <span class="stream-reason">{visibleLine(stream.reason)}</span>}
      {stream.slices !== null && <Spark values={stream.slices} />}
    </div>
  );
}

const NAME_TAIL = 16;
/** Room for the end of a path and a line number. */
const PLACE_TAIL = 24;

function figuresOf({ totalMs, events }: ListedStream): string {
  if (totalMs !== null) return formatDuration(totalMs);
  return events === null ? "" : countOf(events, "event");
}

/** The amount of text over time. */
function Spark({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(...values, 1);
  const path = values
    .map((value, index) => (value === 0 ? "" : `M${index + 0.5} 12v${-Math.max((value / most) * 12, 1)}`))
    .join("");
  return (
    <svg class="spark" viewBox={`0 0 ${Math.max(values.length, 1)} 12`} preserveAspectRatio="none" aria-hidden="true">
      <path class="base" d={`M0 12h${values.length}`} />
      <path d={path} />
    </svg>
  );
}
