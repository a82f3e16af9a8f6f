// Lays out help text to the width of a terminal.
import { padTo, type Ruler } from "../../terminal/ruler.ts";

/** In a narrower terminal, text is not wrapped. */
const LEAST_WIDTH = 16;
const SPACE = "  ";
/** Indentation of a meaning below its term. */
const STEP = 4;

/** Terms and what they mean. */
export type Rows = readonly (readonly [term: string, meaning: string])[];

export interface Layout {
  readonly columns: number;
  /** Width of a text in columns. */
  columnsOf(text: string): number;
  /** Width of the widest term. */
  widthOf(rows: Rows): number;
  /** Text wrapped between words, with each line indented by `indent` columns. Line breaks are kept. */
  paragraph(text: string, indent?: number): string;
  /** Terms and meanings in two columns; `termWidth` aligns several lists. */
  list(rows: Rows, indent?: number, termWidth?: number): string;
}

/** A layout with this many columns. */
export function createLayout(columns: number, ruler: Pick<Ruler, "columnsOf">): Layout {
  const widthOf = (rows: Rows): number => Math.max(0, ...rows.map(([term]) => ruler.columnsOf(term)));

  /** Wraps a line at `width` columns; longer words are not cut. Space at the start of the line is kept. */
  function wrap(text: string, width: number): string[] {
    if (width < LEAST_WIDTH) return [text];
    const lines: string[] = [];
    let line = "";
    for (const [word] of text.matchAll(/\s*\S+/g)) {
      if (line !== "" && ruler.columnsOf(line) + ruler.columnsOf(word) > width) {
        lines.push(line);
        line = word.trimStart();
      } else line += word;
    }
    return [...lines, line];
  }

  function paragraph(text: string, indent = 0): string {
    const margin = " ".repeat(indent);
    return text
      .split("\n")
      .flatMap((line) => wrap(line, columns - indent))
      .map((line) => (line === "" ? "" : margin + line))
      .join("\n");
  }

  return {
    columns,
    columnsOf: ruler.columnsOf,
    widthOf,
    paragraph,
    list(rows, indent = SPACE.length, termWidth = widthOf(rows)) {
      const start = indent + termWidth + SPACE.length;
      return rows
        .map(([term, meaning]) => {
          if (columns - start < LEAST_WIDTH)
            return `${" ".repeat(indent)}${term}\n${paragraph(meaning, indent + STEP)}`;
          const head = " ".repeat(indent) + padTo(term, termWidth, ruler) + SPACE;
          return head + paragraph(meaning, start).slice(start);
        })
        .join("\n");
    },
  };
}
