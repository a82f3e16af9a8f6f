// A foldable JSON value. Only open parts are in the document, so values may be deep and wide.
import { useState } from "preact/hooks";
import { visibleJson } from "../../terminal/visible.ts";
import { countOf } from "../../wording/counts.ts";

const OPEN_DEPTH = 3;
/** How many children are shown at first. */
const STEP = 100;
const LONGEST_STRING = 2000;

interface JsonTreeProps {
  readonly value: unknown;
  readonly name?: string;
  readonly depth?: number;
}

export function JsonTree({ value, name, depth = 0 }: JsonTreeProps) {
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH);
  const [most, setMost] = useState(STEP);
  const label = name === undefined ? null : <span class="json-key">{JSON.stringify(name)}: </span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div class="json-line">
        {label}
        <JsonLeaf value={value} />
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) {
    return (
      <div class="json-line">
        {label}
        {open}
        {close}
      </div>
    );
  }
  return (
    <div class="json-node">
      <button type="button" class="json-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {label}
        {open}
        {!isOpen && (
          <span class="json-size">
            {countOf(entries.length, isList ? "entry" : "key").replace("entrys", "entries")} {close}
          </span>
        )}
      </button>
      {isOpen && (
        <div class="json-children">
          {entries.slice(0, most).map(([key, child]) => (
            <JsonTree key={key} value={child} depth={depth + 1} {...(!isList && { name: key })} />
          ))}
          {entries.length > most && (
            <button type="button" class="link" onClick={() => setMost(most + STEP * 10)}>
              {countOf(entries.length - most, "more")}
            </button>
          )}
        </div>
      )}
      {isOpen && <div class="json-line">{close}</div>}
    </div>
  );
}

function JsonLeaf({ value }: { readonly value: unknown }) {
  const [isWhole, setWhole] = useState(false);
  if (typeof value !== "string") return <span class="json-word">{String(value)}</span>;
  const isLong = value.length > LONGEST_STRING && !isWhole;
  return (
    <>
      <span class="json-string">{quoted(isLong ? value.slice(0, LONGEST_STRING) : value)}</span>
      {isLong && (
        <button type="button" class="link" onClick={() => setWhole(true)}>
          … all {countOf(value.length, "character")}
        </button>
      )}
    </>
  );
}

/** A text as JSON on one line, with invisible characters escaped. */
export function quoted(text: string): string {
  return visibleJson(JSON.stringify(text))
    .replaceAll("\u2028", String.raw`\u2028`)
    .replaceAll("\u2029", String.raw`\u2029`);
}
