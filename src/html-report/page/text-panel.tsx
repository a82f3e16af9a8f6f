// The texts of a stream as they were at one moment.
import { visible } from "../../terminal/visible.ts";
import { formatCount } from "../../wording/counts.ts";
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

/** More of one text is not drawn at once: it changes with each move of the pointer. */
const LONGEST = 20_000;

export function TextPanel({ detail, timeline, row, showRow }: TextPanelProps) {
  const texts = textsAt(detail.rows, row);
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
      {texts.length === 0 && <p class="soft">No text {isEnd ? "came." : "yet."}</p>}
      {texts.map(({ key, kind, response, item, before, fresh }) => {
        const named = itemNamed(detail, response, item);
        const length = before.length + fresh.length;
        const start = Math.max(before.length + fresh.length - LONGEST, 0);
        return (
          <div key={key} class={`text kind-${kind}`}>
            <p class="text-name">
              {visible(named?.name ?? kind)}
              <span class="soft"> {formatCount(length)} characters</span>
            </p>
            <div class="text-body">
              {start > 0 && (
                <span class="soft">
                  … {formatCount(start)} characters before this …{"\n"}
                </span>
              )}
              {visible(before.slice(start))}
              {fresh !== "" && <mark>{visible(fresh.slice(-LONGEST))}</mark>}
            </div>
          </div>
        );
      })}
    </section>
  );
}
