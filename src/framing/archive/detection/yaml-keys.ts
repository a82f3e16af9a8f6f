// Finds the key paths of YAML in block style in its first lines, by their indentation, without parsing values.
import type { KeyScan } from "./key-scan.ts";

const KEY = /^(?:"(?<double>[^"]+)"|'(?<single>[^']+)'|(?<plain>[\w.$-]+)):(?=\s|$)/;
const MARKER = /^(?:---|\.\.\.)(?:\s|$)|^%/;
/** A field of an event stream, which looks like a top-level key; YAML that starts with one has a marker before it. */
const FIELD = /^(?:id|event|data|retry):/;
/** Keys are looked at down to this depth. */
const DEEPEST = 5;

interface Level {
  readonly indent: number;
  readonly path: string;
  readonly isItem: boolean;
}

/** Scans text; `isAll` says that its last line is complete. */
export function scanYamlKeys(text: string, isAll: boolean): KeyScan {
  const paths = new Set<string>();
  const topKeys = new Set<string>();
  const levels: Level[] = [];
  let hasMarker = false;
  const cut = isAll ? null : text.slice(endOfLastLine(text));
  const isField = (line: string) => !hasMarker && FIELD.test(line);
  const scan = { syntax: "yaml", paths, topKeys, isClosed: false, isFollowed: false, cutLine: cut } as const;

  function open(indent: number, path: string, isItem: boolean): void {
    if (levels.length === DEEPEST) return;
    paths.add(path);
    levels.push({ indent, path, isItem });
  }

  function readItem(indent: number): void {
    while (levels.length > 0 && isBehindItem(levels.at(-1), indent)) levels.pop();
    open(indent, `${levels.at(-1)?.path ?? ""}[]`, true);
  }

  function readKey(indent: number, key: string): void {
    while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
    const parent = levels.at(-1)?.path;
    if (parent === undefined) topKeys.add(key);
    open(indent, parent === undefined ? key : `${parent}.${key}`, false);
  }

  for (const line of linesOf(cut === null ? text : text.slice(0, text.length - cut.length))) {
    const content = line.trim();
    if (content === "") continue;
    if (content.startsWith("#")) continue;
    if (isField(line)) return { ...scan, syntax: "other" };
    if (MARKER.test(line)) {
      hasMarker = true;
      levels.length = 0;
      continue;
    }
    let rest = line.trimEnd();
    let indent = rest.length - rest.trimStart().length;
    rest = rest.slice(indent);
    while (rest === "-" || rest.startsWith("- ")) {
      readItem(indent);
      const inner = rest.slice(1).trimStart();
      indent += rest.length - inner.length;
      rest = inner;
    }
    const { double, single, plain } = KEY.exec(rest)?.groups ?? {};
    const key = double ?? single ?? plain;
    if (key !== undefined) readKey(indent, key);
    else if (indent === 0) return { ...scan, syntax: "other" };
  }
  return cut !== null && isField(cut) ? { ...scan, syntax: "other" } : scan;
}

/**
 * Line by line, because the first line of most texts shows that they are not YAML. Text after the last line end is a
 * line too.
 */
function* linesOf(text: string): Generator<string> {
  const lineEnd = /\r\n?|\n/g;
  let start = 0;
  for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
    yield text.slice(start, found.index);
    start = lineEnd.lastIndex;
  }
  yield text.slice(start);
}

/** Where an incomplete last line starts. */
function endOfLastLine(text: string): number {
  return Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
}

/**
 * Whether the start of an item ends a level: a deeper level, or the item before. A list may have its key's indentation.
 */
function isBehindItem(level: Level | undefined, indent: number): boolean {
  return level !== undefined && (level.indent > indent || (level.indent === indent && level.isItem));
}
