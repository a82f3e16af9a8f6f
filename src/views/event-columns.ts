// The columns of the events view: selects those that fit the page, and writes their headings and rows.
import type { Paint } from "../terminal/paint.ts";
import type { Page } from "../terminal/page.ts";
import { padTo } from "../terminal/ruler.ts";
import { fitLine } from "./fit-line.ts";

export interface EventRow {
  /** Empty if the row is not an event. */
  readonly index: string;
  readonly line: number;
  /** In ms since the source was opened. */
  readonly atMs: number | null;
  /** Since the event or comment before it. */
  readonly sinceMs: number | null;
  readonly kind: string;
  readonly paint: Paint;
  readonly item: string;
  readonly text: string;
  /** It follows a pause. */
  readonly isLate: boolean;
}

export interface EventColumns {
  writeHead(): void;
  write(row: EventRow): void;
  /** Writes a line across the page with words in it. */
  writeRule(words: string, paint: Paint): void;
  /** Where the kind column begins; findings are indented to it. */
  readonly indent: number;
}

interface Column {
  readonly name: keyof typeof heads;
  /** Including the space before it. */
  readonly width: number;
}

const heads = { index: "#", line: "line", at: "at", since: "+ms", kind: "kind", item: "item" } as const;

const INDEX: Column = { name: "index", width: 5 };
const LINE: Column = { name: "line", width: 7 };
const AT: Column = { name: "at", width: 9 };
const SINCE: Column = { name: "since", width: 7 };
const KIND: Column = { name: "kind", width: 11 };
const ITEM: Column = { name: "item", width: 6 };
/** Columns dropped on a narrow page, in this order. Findings name the line. */
const DROPPED: readonly Column[] = [AT, ITEM, SINCE, LINE];
/** Space after the numbers, and between two columns of words. */
const GAP = 2;
/** Minimum width of the content. */
const LEAST_ROOM = 15;
const SECOND_MS = 1000;
const RULE_INDENT = 2;
/** Width of each side of a rule if the page has no width. */
const RULE_SIDE = 9;

/** `hasTimes`: show the columns of times. */
export function createEventColumns(page: Page, hasTimes: boolean): EventColumns {
  const { columns } = page;
  const shown = new Set([INDEX, LINE, ...(hasTimes ? [AT, SINCE] : []), KIND, ITEM]);
  const widthOf = (): number => [...shown].reduce((sum, { width }) => sum + width, GAP);
  for (const column of DROPPED) if (columns !== null && columns - widthOf() < LEAST_ROOM) shown.delete(column);
  const room = columns === null ? null : Math.max(columns - widthOf(), 1);
  const numbers = [INDEX, LINE, AT, SINCE].filter((column) => shown.has(column));
  const indent = numbers.reduce((sum, { width }) => sum + width, GAP);

  /** Returns by how much the numbers exceed their columns: a stream may have millions of events. */
  function writeNumbers(texts: Readonly<Record<string, string>>, lateAt: string | null): number {
    let extra = 0;
    let dim = "";
    for (const { name, width } of numbers) {
      const text = ` ${texts[name] ?? ""}`.padStart(width);
      extra += text.length - width;
      if (name !== lateAt) dim += text;
      else {
        page.write(dim, "dim");
        page.write(text, "warning");
        dim = "";
      }
    }
    page.write(`${dim}${" ".repeat(GAP)}`, "dim");
    return extra;
  }

  /** Returns by how much the words exceed their columns. */
  function writeWords(kind: string, item: string, paint: Paint): number {
    page.write(padTo(kind, KIND.width, page.ruler), paint);
    if (!shown.has(ITEM)) return 0;
    const text = `${padTo(item, ITEM.width - 1, page.ruler)} `;
    page.write(text, "dim");
    return text.length - ITEM.width;
  }

  return {
    indent,
    writeHead() {
      writeNumbers(heads, null);
      writeWords(heads.kind, heads.item, "dim");
      page.write("content\n", "dim");
    },
    write({ index, line, atMs, sinceMs, kind, paint, item, text, isLate }) {
      const at = atMs === null ? "" : `${(atMs / SECOND_MS).toFixed(2)}s`;
      const since = sinceMs === null ? "" : `+${Math.round(sinceMs)}`;
      const texts = { index, line: String(line), at, since };
      const extra = writeNumbers(texts, isLate ? SINCE.name : null) + writeWords(kind, item, paint);
      const left = room === null ? null : Math.max(room - extra, 1);
      page.writeInline(fitLine(text, left, page.ruler), paint === "dim" ? "dim" : "plain");
      page.write("\n");
    },
    writeRule(words, paint) {
      const side = "─".repeat(RULE_SIDE);
      const begin = `${" ".repeat(RULE_INDENT)}${side} ${words} `;
      const left = columns === null ? RULE_SIDE : Math.max(columns - page.ruler.columnsOf(begin), 0);
      const line = `${begin}${"─".repeat(left)}`;
      page.write(`${columns === null ? line : page.ruler.cut(line, columns)}\n`, paint);
    },
  };
}
