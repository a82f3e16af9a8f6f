// What was found, each with what its rule means and the way to its event.
import { visible, visibleLine } from "../../terminal/visible.ts";
import { countOf } from "../../wording/counts.ts";
import type { Meaning, StreamDetail } from "../data.ts";

interface FindingsProps {
  readonly detail: StreamDetail;
  readonly meanings: Readonly<Record<string, Meaning>>;
  readonly rowOfEvent: ReadonlyMap<number, number>;
  readonly showRow: (row: number) => void;
}

export function Findings({ detail, meanings, rowOfEvent, showRow }: FindingsProps) {
  const { findings, unlisted } = detail;
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby="findings-title">
      <h3 id="findings-title">
        Findings <span class="count">{findings.length + unlisted}</span>
      </h3>
      <ul class="findings">
        {findings.map(({ rule, severity, event, line, bodyLine, expected, seen, message }, index) => {
          const row = event === null ? undefined : rowOfEvent.get(event);
          const { meaning, remedy } = Object.hasOwn(meanings, rule) ? (meanings[rule] ?? NO_MEANING) : NO_MEANING;
          return (
            <li key={index} class={severity}>
              <p class="finding-head">
                <span class="severity">{severity}</span>
                <code>{rule}</code>
                {line !== null && <span class="soft">line {line}</span>}
                {bodyLine !== undefined && <span class="soft">body line {bodyLine}</span>}
                {row !== undefined && (
                  <button type="button" class="link" onClick={() => showRow(row)}>
                    event {event}
                  </button>
                )}
              </p>
              <p class="message">{visible(message)}</p>
              {(expected !== null || seen !== null) && (
                <p class="compared">
                  {expected !== null && (
                    <span>
                      <span class="soft">expected </span>
                      <code>{visibleLine(expected) || '""'}</code>
                    </span>
                  )}
                  {seen !== null && (
                    <span>
                      <span class="soft">seen </span>
                      <code>{visibleLine(seen) || '""'}</code>
                    </span>
                  )}
                </p>
              )}
              {(meaning !== "" || remedy !== undefined) && (
                <p class="meaning">
                  <Prose text={[meaning, remedy].join(" ")} />
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {unlisted > 0 && <p class="note">and {countOf(unlisted, "more finding")} of these rules</p>}
    </section>
  );
}

/** Words with code in them, as rules are described. */
function Prose({ text }: { readonly text: string }) {
  return <>{text.split("`").map((words, index) => (index % 2 === 0 ? words : <code key={index}>{words}</code>))}</>;
}

const NO_MEANING: Meaning = { meaning: "" };
