// The waterfall of a stream: connection, events, silences, and a lane for each item, on one axis.
import { useMemo, useRef } from "preact/hooks";
import { visibleLine } from "../../terminal/visible.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import { formatDuration } from "../../wording/durations.ts";
import { axisOf, drawnSilences, rowAt, type Silence, tickPath, type Timeline } from "./timeline.ts";
import { useWidth } from "./use-width.ts";

interface WaterfallProps {
  readonly timeline: Timeline;
  /** Rows: the selected one, and the one under the pointer. */
  readonly cursor: number;
  readonly pointed: number | null;
  readonly setCursor: (row: number) => void;
  readonly setPointed: (row: number | null) => void;
  readonly showRow: (row: number) => void;
}

const AXIS_HEIGHT = 26;
const ROW_HEIGHT = 28;
/** Above this number of items, lanes are lower. */
const MANY_LANES = 8;
const LOW_HEIGHT = 20;
/** Margin on both sides, so that the first and the last tick are whole. */
const EDGE = 6;
const PIXELS_PER_LABEL = 90;
/** The minimum width for a label. */
const LEAST_LABEL = 64;

export function Waterfall({ timeline, cursor, pointed, setCursor, setPointed, showRow }: WaterfallProps) {
  const { at, events, others, end, phases, lanes, moreLanes, marks, findings, isTimed } = timeline;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const frame = useRef(0);
  const x = (place: number): number => EDGE + (place / end) * Math.max(width - 2 * EDGE, 1);
  const laneHeight = lanes.length > MANY_LANES ? LOW_HEIGHT : ROW_HEIGHT;
  const hasPhases = phases.length > 0;
  const eventsTop = AXIS_HEIGHT + (hasPhases ? ROW_HEIGHT : 0);
  const lanesTop = eventsTop + ROW_HEIGHT;
  const height = lanesTop + lanes.length * laneHeight + 4;
  const row = pointed ?? cursor;
  // The last row means the end of the stream.
  const place = row >= at.length - 1 ? end : (at[row] ?? 0);
  const word = (value: number): string => {
    if (value === 0) return "0";
    return isTimed ? formatDuration(value) : formatCount(Math.round(value));
  };

  function rowUnder(event: MouseEvent): number {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return rowAt(at, ((event.clientX - left - EDGE) / Math.max(width - 2 * EDGE, 1)) * end);
  }

  function point(event: MouseEvent): void {
    const under = rowUnder(event);
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => setPointed(under));
  }

  function leave(): void {
    cancelAnimationFrame(frame.current);
    setPointed(null);
  }

  /** The part that does not depend on the pointer. */
  const drawing = useMemo(() => {
    if (width === 0) return null;
    const ticks = axisOf(end, Math.max(width / PIXELS_PER_LABEL, 2));
    return (
      <>
        {ticks.map((tick) => (
          <g key={tick} class="axis">
            <line x1={x(tick)} x2={x(tick)} y1={AXIS_HEIGHT - 4} y2={height} />
            <text x={x(tick)} y={14} text-anchor={anchorOf(x(tick), width)}>
              {word(tick)}
            </text>
          </g>
        ))}
        {phases.map(({ name, from, to }) => (
          <g key={name} class={`phase phase-${name.replace(" ", "-")}`}>
            <title>{`${name}: ${word(to - from)}, to ${word(to)}`}</title>
            <rect
              x={x(from)}
              width={Math.max(x(to) - x(from), 1.5)}
              y={AXIS_HEIGHT + 8}
              height={ROW_HEIGHT - 16}
              rx="2"
            />
            {x(to) - x(from) > LEAST_LABEL && (
              <text x={x(from) + 6} y={AXIS_HEIGHT + 18.5}>
                {name}
              </text>
            )}
          </g>
        ))}
        {drawnSilences(timeline).map((silence) => (
          <SilenceBox
            key={silence.before ?? "end"}
            silence={silence}
            x={x}
            top={eventsTop}
            height={height - eventsTop - 4}
            word={word}
          />
        ))}
        <path class="ticks others" d={tickPath(others, x, eventsTop + 10, ROW_HEIGHT - 20)} />
        <path class="ticks events" d={tickPath(events, x, eventsTop + 5, ROW_HEIGHT - 10)} />
        {lanes.map((lane, index) => {
          const top = lanesTop + index * laneHeight;
          return (
            <g key={lane.key} class={`lane kind-${lane.kind}`}>
              <title>{`${visibleLine(lane.label)}: ${word(lane.from)} to ${word(lane.to)}, ${countOf(lane.at.length, "delta")}`}</title>
              <rect
                x={x(lane.from) - 1}
                width={Math.max(x(lane.to) - x(lane.from) + 2, 3)}
                y={top + laneHeight * 0.2}
                height={laneHeight * 0.6}
                rx="3"
              />
              <path class="ticks" d={tickPath(lane.at, x, top + laneHeight * 0.32, laneHeight * 0.36)} />
            </g>
          );
        })}
        {marks.map(({ at: of, label }, index) => (
          <g key={index} class="milestone">
            <line x1={x(of)} x2={x(of)} y1={AXIS_HEIGHT - 4} y2={height} />
            {index === 0 && hasPhases && (
              <text
                x={x(of) + (x(of) > width * 0.7 ? -6 : 6)}
                y={AXIS_HEIGHT + 18.5}
                text-anchor={x(of) > width * 0.7 ? "end" : "start"}
              >
                {label} {word(of)}
              </text>
            )}
          </g>
        ))}
      </>
    );
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [timeline, width]);

  return (
    <div class="waterfall">
      <div
        class="lane-names"
        aria-hidden="true"
        style={{ paddingTop: `${AXIS_HEIGHT}px`, "--lane": `${laneHeight}px` }}
      >
        {hasPhases && <span>connection</span>}
        <span>events</span>
        {lanes.map(({ key, label, note, kind }) => (
          <span key={key} class={`kind-${kind}`} title={visibleLine(note === null ? label : `${label} (${note})`)}>
            {visibleLine(label)}
          </span>
        ))}
      </div>
      <div class="plot" ref={box}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={describe(timeline, word)}
          onPointerMove={point}
          onPointerLeave={leave}
          onClick={(event) => setCursor(rowUnder(event))}
        >
          {drawing}
          {width > 0 && (
            <g class="cursor">
              <line x1={x(place)} x2={x(place)} y1={AXIS_HEIGHT - 4} y2={height} />
              <CursorLabel text={isTimed ? formatExactly(place) : word(place)} x={x(place)} width={width} />
            </g>
          )}
          {findings.map(({ at: of, row: ofRow, tone }, index) => (
            <path
              key={index}
              class={`finding-mark ${tone}`}
              d={`M${x(of)} ${eventsTop + 6}l-5 -8h10z`}
              onClick={(event) => {
                event.stopPropagation();
                showRow(ofRow);
              }}
            />
          ))}
        </svg>
        <input
          type="range"
          class="scrub"
          aria-label="Position in the stream"
          aria-valuetext={`${word(place)}, row ${row + 1} of ${at.length}`}
          min={0}
          max={Math.max(at.length - 1, 0)}
          value={cursor}
          onInput={(event) => setCursor(Number(event.currentTarget.value))}
        />
      </div>
      {moreLanes > 0 && <p class="note">and {countOf(moreLanes, "more item")}</p>}
    </div>
  );
}

/** To 10 ms, so that the positions of events can be distinguished. */
function formatExactly(ms: number): string {
  if (ms < 1000) return formatDuration(ms);
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(2)} s`;
  return `${Math.floor(seconds / 60)} min ${(seconds % 60).toFixed(2)} s`;
}

function anchorOf(x: number, width: number): "start" | "middle" | "end" {
  if (x < PIXELS_PER_LABEL / 3) return "start";
  return x > width - PIXELS_PER_LABEL / 3 ? "end" : "middle";
}

interface SilenceBoxProps {
  readonly silence: Silence;
  readonly x: (place: number) => number;
  readonly top: number;
  readonly height: number;
  readonly word: (value: number) => string;
}

function SilenceBox({ silence: { from, to, isStall }, x, top, height, word }: SilenceBoxProps) {
  const wide = x(to) - x(from);
  return (
    <g class={isStall ? "silence stall" : "silence"}>
      <title>{`no event for ${word(to - from)}`}</title>
      <rect x={x(from) + 1} width={Math.max(wide - 1, 2)} y={top + 3} height={height - 3} />
      {wide > LEAST_LABEL / 2 && (
        <text x={x(from) + wide / 2} y={top + 18.5} text-anchor="middle">
          {wide > LEAST_LABEL * 2 ? `${word(to - from)} of silence` : word(to - from)}
        </text>
      )}
    </g>
  );
}

/** Drawn on the axis, above everything else. */
function CursorLabel({ text, x, width }: { readonly text: string; readonly x: number; readonly width: number }) {
  const wide = text.length * 6.6 + 12;
  const left = Math.min(Math.max(x - wide / 2, 0), width - wide);
  return (
    <>
      <rect x={left} y={2} width={wide} height={18} rx="4" />
      <text x={left + wide / 2} y={14.5} text-anchor="middle">
        {text}
      </text>
    </>
  );
}

function describe({ at, end, lanes, silences }: Timeline, word: (value: number) => string): string {
  const stalls = silences.length === 0 ? "" : `, ${countOf(silences.length, "silence")}`;
  return `${countOf(at.length, "row")} to ${word(end)}, ${countOf(lanes.length, "item")}${stalls}`;
}
