// Joins the arguments of a call that Gemini streams: each fragment names a place (a JSONPath) and a value or a fragment
// of a string; the output is JSON text, as it grows.
// https://googleapis.github.io/js-genai/release_docs/interfaces/types.PartialArg.html
import { asString, type JsonObject } from "../../model/payload.ts";

export interface ArgumentsText {
  /** The text that a fragment adds. Null if it has no place: its path is invalid, or leads back into finished text. */
  add(fragment: JsonObject): string | null;
  /** The text that closes everything that is open. */
  close(): string;
}

/** A key of an object, or a position in an array. */
type Step = string | number;

/** An object or array that is being written. */
interface Level {
  readonly isArray: boolean;
  readonly written: Set<Step>;
  /** The last key or position written in it. */
  last: Step | null;
}

export function createArgumentsText(): ArgumentsText {
  /** From the outermost object to the level of the last fragment. */
  const levels: Level[] = [];
  /** Where a string was left open, because more of it may come. */
  let openString: string | null = null;

  function closeTo(depth: number): string {
    const quote = openString === null ? "" : '"';
    openString = null;
    const closed = levels.splice(depth).toReversed();
    return quote + closed.map(({ isArray }) => (isArray ? "]" : "}")).join("");
  }

  /** How many levels, besides the outermost, the path shares with the last write. */
  function sharedDepth(path: readonly Step[]): number {
    let depth = 0;
    while (depth < path.length - 1 && depth < levels.length - 1 && levels[depth]?.last === path[depth]) depth += 1;
    return depth;
  }

  function fits(path: readonly Step[], depth: number): boolean {
    return path.slice(depth).every((step, position) => {
      const parent = position === 0 ? levels[depth] : undefined;
      if (parent === undefined) return depth + position === 0 ? typeof step === "string" : step === 0 || isKey(step);
      if (parent.isArray) return step === parent.written.size;
      return isKey(step) && !parent.written.has(step);
    });
  }

  /** Writes a key or the comma before a position, and opens the level below it. */
  function write(path: readonly Step[], depth: number): string {
    let text = "";
    for (const [position, step] of path.entries()) {
      if (position < depth) continue;
      let level = levels[position];
      if (level === undefined) {
        level = { isArray: typeof step === "number", written: new Set(), last: null };
        levels.push(level);
        text += level.isArray ? "[" : "{";
      }
      if (level.written.size > 0) text += ",";
      level.written.add(step);
      level.last = step;
      if (isKey(step)) text += `${JSON.stringify(step)}:`;
    }
    return text;
  }

  return {
    add(fragment) {
      const place = asString(fragment.jsonPath) ?? "";
      const value = valueOf(fragment);
      if (value === undefined) return null;
      const isString = typeof value === "string";
      const continues = isString && fragment.willContinue === true;
      if (openString === place && isString) {
        if (!continues) openString = null;
        return inString(value) + (continues ? "" : '"');
      }
      const path = parsePath(place);
      if (path === null) return null;
      const depth = sharedDepth(path);
      if (!fits(path, depth)) return null;
      const text = closeTo(depth + 1) + write(path, depth);
      if (!isString) return text + JSON.stringify(value);
      openString = continues ? place : null;
      return `${text}"${inString(value)}${continues ? "" : '"'}`;
    },
    close: () => (levels.length === 0 ? "{}" : closeTo(0)),
  };
}

function isKey(step: Step): step is string {
  return typeof step === "string";
}

/** The value is in one of four fields; undefined if there is none. */
function valueOf({
  stringValue,
  numberValue,
  boolValue,
  nullValue,
}: JsonObject): string | number | boolean | null | undefined {
  if (typeof stringValue === "string") return stringValue;
  if (typeof numberValue === "number") return numberValue;
  if (typeof boolValue === "boolean") return boolValue;
  return nullValue === undefined ? undefined : null;
}

function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** `.name`, `[0]`, `['name']` or `["name"]`: https://www.rfc-editor.org/rfc/rfc9535#name-segments-2 */
const SEGMENT = /\.([^.[\]'"]+)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** The steps below the root; null if the path is invalid or does not name a single place. */
function parsePath(path: string): Step[] | null {
  if (!path.startsWith("$")) return null;
  const steps: Step[] = [];
  SEGMENT.lastIndex = 1;
  while (SEGMENT.lastIndex < path.length) {
    const match = SEGMENT.exec(path);
    if (match === null) return null;
    const [, name, position, ...quoted] = match;
    steps.push(position === undefined ? (name ?? unescape(quoted[0] ?? quoted[1] ?? "")) : Number(position));
  }
  return steps.length === 0 ? null : steps;
}

function unescape(name: string): string {
  return name.replace(/\\(.)/g, "$1");
}
