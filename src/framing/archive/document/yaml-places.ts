// Finds the lines of a scalar's text in its YAML document (YAML 1.2.2, 7.3 and 8.1). https://yaml.org/spec/1.2.2/
import type { InputPlace } from "../../lines.ts";

/** The notation of a scalar. */
export type ScalarStyle = "literal" | "folded" | "double" | "single" | "plain";

/** Gives the place of a character of the document. */
export type PlaceOf = (at: number) => InputPlace;

/**
 * Where the lines of the scalar from `start` to `end` start. Its line ends come from escapes, from empty lines of a
 * flow scalar, or from the lines of a block.
 */
export function linesOfScalar(
  text: string,
  style: ScalarStyle,
  start: number,
  end: number,
  placeOf: PlaceOf,
): readonly InputPlace[] {
  return style === "literal"
    ? linesOfLiteral(text, start, end, placeOf)
    : linesOfFlow(text, style, start, end, placeOf);
}

/** After the header, each line of the block is a line of the text. */
function linesOfLiteral(text: string, start: number, end: number, placeOf: PlaceOf): readonly InputPlace[] {
  const places: InputPlace[] = [];
  for (let at = text.indexOf("\n", start); at !== -1 && at + 1 < end; at = text.indexOf("\n", at + 1)) {
    const indent = /[ ]*/y;
    indent.lastIndex = at + 1;
    places.push(placeOf(at + 1 + (indent.exec(text)?.[0].length ?? 0)));
  }
  return places;
}

/** One line end is a space; each empty line after it is a line end. In double quotes, so is `\n`. */
function linesOfFlow(
  text: string,
  style: ScalarStyle,
  start: number,
  end: number,
  placeOf: PlaceOf,
): readonly InputPlace[] {
  const first = firstOfFlow(text, style, start);
  const places = [placeOf(first)];
  const isDouble = style === "double";
  let isBehindReturn = false;
  for (let at = first; at < end; at += 1) {
    const character = text[at];
    if (isDouble && character === "\\") {
      const escaped = text[at + 1];
      at += 1;
      if (escaped === "n" && isBehindReturn) places[places.length - 1] = placeOf(at + 1);
      else if (escaped === "n" || escaped === "r") places.push(placeOf(at + 1));
      isBehindReturn = escaped === "r";
      if (escaped === "\n") at = skipIndent(text, at + 1) - 1;
      continue;
    }
    const joinsReturn = isBehindReturn && character === "\n";
    isBehindReturn = false;
    if (character !== "\n") continue;
    const before = places.length;
    let next = skipIndent(text, at + 1);
    while (next < end && (text[next] === "\n" || text[next] === "\r")) {
      if (text[next] === "\n") places.push(placeOf(skipIndent(text, next + 1)));
      next = skipIndent(text, next + 1);
    }
    // An escaped CR and the first of these line ends are one line end.
    if (joinsReturn && places.length > before) places.splice(before - 1, 1);
    at = next - 1;
  }
  return places;
}

/** After the quote, or after the header of a folded block. */
function firstOfFlow(text: string, style: ScalarStyle, start: number): number {
  if (style === "folded") return skipIndent(text, text.indexOf("\n", start) + 1);
  return style === "plain" ? start : start + 1;
}

function skipIndent(text: string, at: number): number {
  let next = at;
  while (text[next] === " " || text[next] === "\t") next += 1;
  return next;
}
