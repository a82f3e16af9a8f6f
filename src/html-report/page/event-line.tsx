// A row of the event table, and the whole event below it when unfolded.
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Finding } from "../../model/finding.ts";
import { visible, visibleLine } from "../../terminal/visible.ts";
import { formatCount } from "../../wording/counts.ts";
import { cut } from "../../wording/cut.ts";
import type { EventRow, StreamDetail } from "../data.ts";
import { itemNamed } from "./growth.ts";
import { JsonTree, quoted } from "./json-tree.tsx";
import type { Timeline } from "./timeline.ts";

interface EventLineProps {
  readonly id: string;
  readonly detail: StreamDetail;
  readonly timeline: Timeline;
  /** Its index among all rows. */
  readonly place: number;
  readonly row: EventRow;
  readonly findings: readonly Finding[];
  readonly isActive: boolean;
  readonly isUnfolded: boolean;
  readonly choose: () => void;
  /** Called with the height of the unfolded part. */
  readonly measured: (height: number) => void;
}

const SECOND_MS = 1000;
/** No line has room for more. */
const LONGEST_CONTENT = 400;

export function EventLine(props: EventLineProps) {
  const { id, detail, timeline, place, row, findings, isActive, isUnfolded, choose, measured } = props;
  const [[kind = ""], index, line, , , , , , , end] = row;
  const silence = timeline.silenceBefore.get(place);
  const worst = findings.find(({ severity }) => severity === "error") ?? findings[0];
  return (
    <div class={`event${isActive ? " active" : ""}${isUnfolded ? " unfolded" : ""}`}>
      <div
        id={id}
        class={`event-line kind-${kind}${end === null ? "" : ` end-${end}`}`}
        role="option"
        aria-selected={isActive}
        aria-expanded={isUnfolded}
        onClick={choose}
      >
        <span class="number index">{index ?? ""}</span>
        <span class="number line">{formatCount(line)}</span>
        {timeline.isTimed && (
          <>
            <span class="number time">{formatSeconds(timeline.at[place] ?? 0)}</span>
            <span class={`number gap ${silence === undefined ? "" : silence.isStall ? "stall" : "pause"}`}>
              {gapOf(timeline, place)}
            </span>
          </>
        )}
        <span class="kind">
          {worst !== undefined && (
            <span class={`finding-dot ${worst.severity}`} title={`${worst.severity}: ${worst.rule}`} />
          )}
          {kind}
        </span>
        <span class="content">
          <Content detail={detail} row={row} />
        </span>
      </div>
      {isUnfolded && <Unfolded detail={detail} row={row} findings={findings} measured={measured} />}
    </div>
  );
}

function formatSeconds(ms: number): string {
  return `${(ms / SECOND_MS).toFixed(3)} s`;
}

function gapOf({ isTimed, at }: Timeline, place: number): string {
  if (!isTimed || place === 0) return "";
  const gap = (at[place] ?? 0) - (at[place - 1] ?? 0);
  if (gap < 0.5) return "";
  return gap < SECOND_MS ? `+${Math.round(gap)} ms` : `+${(gap / SECOND_MS).toFixed(2)} s`;
}

function Content({ detail, row }: { readonly detail: StreamDetail; readonly row: EventRow }) {
  const [[kind], , , , type, data, said, deltas] = row;
  const name = detail.types[type] ?? "";
  const isBare = deltas.length === 0 && (said === "" || said === name || kind === "broken");
  return (
    <>
      {deltas.map(([response, item, , , text], index) => (
        <span key={index} class="delta">
          <ItemName detail={detail} response={response} item={item} />
          <span class="quote">{quoted(cut(text, LONGEST_CONTENT))}</span>{" "}
        </span>
      ))}
      {said !== "" && said !== name && <span class="said">{visibleLine(said)} </span>}
      {isBare && <span class="data">{visibleLine(cut(data, LONGEST_CONTENT))}</span>}
      {name !== kind && name !== "message" && <span class="type"> {visibleLine(name)}</span>}
    </>
  );
}

/** Shown only if a response has several items. */
function ItemName({
  detail,
  response,
  item,
}: {
  readonly detail: StreamDetail;
  readonly response: number;
  readonly item: number;
}) {
  if ((detail.responses[response]?.items.length ?? 0) < 2) return null;
  const named = itemNamed(detail, response, item);
  return <span class="item-name">{visibleLine(named?.name ?? named?.type ?? `item ${item}`)} </span>;
}

interface UnfoldedProps {
  readonly detail: StreamDetail;
  readonly row: EventRow;
  readonly findings: readonly Finding[];
  readonly measured: (height: number) => void;
}

function Unfolded({ detail, row, findings, measured }: UnfoldedProps) {
  const [, , line, , type, data] = row;
  const box = useRef<HTMLDivElement>(null);
  const [isRaw, setRaw] = useState(false);
  const parsed = useMemo(() => parse(data), [data]);
  const report = useRef(measured);
  report.current = measured;
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const measure = (): void => report.current(current.offsetHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="whole-event" ref={box}>
      {findings.map(({ rule, severity, message }, index) => (
        <p key={index} class={`event-finding ${severity}`}>
          <code>{rule}</code> {visible(message)}
        </p>
      ))}
      <p class="event-head">
        <code>{visibleLine(detail.types[type] ?? "")}</code>
        <span class="soft">line {formatCount(line)}</span>
        <span class="soft">{formatCount(data.length)} characters</span>
        {parsed !== null && (
          <button type="button" class="link" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            {isRaw ? "tree" : "raw"}
          </button>
        )}
      </p>
      <div class="payload">
        {parsed === null || isRaw ? <pre>{visible(data)}</pre> : <JsonTree value={parsed.value} />}
      </div>
    </div>
  );
}

/** Null if the data is not JSON that can be folded. */
function parse(data: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? { value } : null;
  } catch {
    return null;
  }
}
