// The findings by rule, each with the rule's meaning and links to its events.
import { useMemo } from "preact/hooks";
import { visible, visibleLine } from "../../terminal/visible.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import type { Meaning, StreamDetail } from "../data.ts";
import { type FindingCard, groupFindings } from "./finding-cards.ts";

interface FindingsProps {
  readonly detail: StreamDetail;
  readonly meanings: Readonly<Record<string, Meaning>>;
  readonly rowOfEvent: ReadonlyMap<number, number>;
  readonly showRow: (row: number) => void;
}

export function Findings({ detail, meanings, rowOfEvent, showRow }: FindingsProps) {
  const { findings, unlisted } = detail;
  const cards = useMemo(() => groupFindings(findings), [findings]);
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby="findings-title">
      <h3 id="findings-title">
        Findings <span class="count">{formatCount(findings.length + unlisted)}</span>
      </h3>
      <ul class="findings">
        {cards.map((card, index) => (
          <Card key={index} card={card} meanings={meanings} rowOfEvent={rowOfEvent} showRow={showRow} />
        ))}
      </ul>
      {unlisted > 0 && <p class="note">and {countOf(unlisted, "more finding")} of these rules</p>}
    </section>
  );
}

/** The limit on event links of one card. */
const MOST_LINKS = 8;
/** The limit on further messages of one card. */
const MOST_OTHERS = 4;

interface CardProps extends Omit<FindingsProps, "detail"> {
  readonly card: FindingCard;
}

/** The first finding of a rule in full, and links to the others. */
function Card({ card: { first, all }, meanings, rowOfEvent, showRow }: CardProps) {
  const { rule, severity, line, bodyLine, expected, seen, message } = first;
  const { meaning, remedy } = Object.hasOwn(meanings, rule) ? (meanings[rule] ?? NO_MEANING) : NO_MEANING;
  const others = [...new Set(all.map((finding) => finding.message))].slice(1);
  const places = [...new Set(all.flatMap(({ event }) => (event === null ? [] : [event])))].flatMap((event) => {
    const row = rowOfEvent.get(event);
    return row === undefined ? [] : [{ event, row }];
  });
  return (
    <li class={severity}>
      <p class="finding-head">
        <span class="severity">{severity}</span>
        <code>{rule}</code>
        {all.length > 1 && <span class="times">{formatCount(all.length)} times</span>}
        {line !== null && (
          <span class="soft">
            {all.length > 1 && "first on "}line {formatCount(line)}
          </span>
        )}
        {bodyLine !== undefined && <span class="soft">body line {formatCount(bodyLine)}</span>}
        {places.slice(0, MOST_LINKS).map(({ event, row }) => (
          <button key={event} type="button" class="link" onClick={() => showRow(row)}>
            event {event}
          </button>
        ))}
        {places.length > MOST_LINKS && (
          <span class="soft">and {countOf(places.length - MOST_LINKS, "more event")}</span>
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
      {others.slice(0, MOST_OTHERS).map((other) => (
        <p key={other} class="message">
          {visible(other)}
        </p>
      ))}
      {others.length > MOST_OTHERS && (
        <p class="message soft">and {countOf(others.length - MOST_OTHERS, "more message")}</p>
      )}
      {(meaning !== "" || remedy !== undefined) && (
        <p class="meaning">
          <Prose text={[meaning, remedy].join(" ")} />
        </p>
      )}
    </li>
  );
}

/** Text with code in backquotes, as rules are described. */
function Prose({ text }: { readonly text: string }) {
  return <>{text.split("`").map((words, index) => (index % 2 === 0 ? words : <code key={index}>{words}</code>))}</>;
}

const NO_MEANING: Meaning = { meaning: "" };
