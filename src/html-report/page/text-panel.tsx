// The texts of a stream as of one moment.
import { useLayoutEffect, useRef } from "preact/hooks";
import { kindOfText } from "../../event-words/kinds.ts";
import { visible } from "../../terminal/visible.ts";
import { countOf } from "../../wording/counts.ts";
import { cut, excerpt } from "../../wording/cut.ts";
import { formatDuration } from "../../wording/durations.ts";
import type { StreamDetail } from "../data.ts";
import { itemNamed, textsAt } from "./growth.ts";
import type { Timeline } from "./timeline.ts";

interface TextPanelProps {
  readonly detail: StreamDetail;
  readonly timeline: Timeline;
  readonly row: number;
  readonly showRow: (row: number) => void;
}

/** The limit on characters of one text; lower while the text follows the pointer, when its last part is shown. */
const LONGEST = 200_000;
const LONGEST_MOVING = 20_000;
/** In pixels, rounded up. */
const LINE_HEIGHT = 40;

export function TextPanel({ detail, timeline, row, showRow }: TextPanelProps) {
  const texts = textsAt(detail.rows, row);
  const box = useRef<HTMLDivElement>(null);
  // While texts grow, scroll to the growing place; at the end, show the beginning.
  useLayoutEffect(() => {
    const { current } = box;
    const place = current?.querySelector("mark") ?? current?.lastElementChild;
    if (current === null || !(place instanceof HTMLElement)) return;
    const top = place.offsetTop - current.offsetTop;
    if (isEnd) current.scrollTop = 0;
    else if (top < current.scrollTop || top > current.scrollTop + current.clientHeight - LINE_HEIGHT) {
      current.scrollTop = top - current.clientHeight + LINE_HEIGHT * 2;
    }
  });
  const index = detail.rows[row]?.[1] ?? null;
  const isEnd = row >= detail.rows.length - 1;
  const at = timeline.at[row] ?? 0;
  const when = timeline.isTimed ? `after ${formatDuration(at)}` : `after event ${index ?? row}`;
  return (
    <section class="text-panel" aria-labelledby="text-title">
      <h3 id="text-title">
        Text <span class="soft">{isEnd ? "at the end" : when}</span>
        {!isEnd && (
          <button type="button" class="link" onClick={() => showRow(row)}>
            show event {index ?? ""}
          </button>
        )}
      </h3>
      {texts.length === 0 && <p class="soft">No text {isEnd ? "received." : "yet."}</p>}
      <div class="texts" ref={box}>
        {texts.map(({ key, kind, response, item, before, fresh }) => {
          const named = itemNamed(detail, response, item);
          return (
            <div key={key} class={`text kind-${kindOfText(kind)}`}>
              <p class="text-name">
                {visible(named?.name ?? kind)}
                <span class="soft"> {countOf(before.length + fresh.length, "character")}</span>
              </p>
              <TextBody before={before} fresh={fresh} isEnd={isEnd} />
            </div>
          );
        })}
      </div>
    </section>
  );
}

interface TextBodyProps {
  readonly before: string;
  readonly fresh: string;
  /** The text is complete. */
  readonly isEnd: boolean;
}

function TextBody({ before, fresh, isEnd }: TextBodyProps) {
  if (isEnd) {
    const text = before + fresh;
    return (
      <div class="text-body">
        {visible(cut(text, LONGEST))}
        {text.length > LONGEST && <span class="soft"> {countOf(text.length - LONGEST, "character")} more</span>}
      </div>
    );
  }
  const start = Math.max(before.length - LONGEST_MOVING, 0);
  return (
    <div class="text-body">
      {visible(excerpt(before, start, before.length))}
      {fresh !== "" && <mark>{visible(fresh.slice(-LONGEST_MOVING))}</mark>}
    </div>
  );
}
