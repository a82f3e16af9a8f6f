// Takes a value and returns its JSON text, at any depth of nesting.

/**
 * The JSON text of a value that was parsed from JSON, or is made of such values. Node.js parses JSON of any depth, but
 * writes it recursively, which ends in a RangeError at some thousand levels: https://v8.dev/blog/json-stringify. Throws
 * RangeError if the text exceeds the longest possible string.
 */
export function jsonText(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return writeDeep(value);
  }
}

/** An object or array that has begun: the rest of its contents, and its end. */
interface Level {
  readonly fields: Iterator<readonly [key: string | number, value: unknown]>;
  readonly close: "}" | "]";
  isEmpty: boolean;
}

/** The same without recursion and without white space: indented text would grow with the square of the depth. */
function writeDeep(root: unknown): string {
  const pieces: string[] = [];
  const levels: Level[] = [];

  function write(value: unknown): void {
    if (typeof value !== "object" || value === null) pieces.push(JSON.stringify(value ?? null));
    else if (Array.isArray(value)) {
      pieces.push("[");
      levels.push({ fields: value.entries(), close: "]", isEmpty: true });
    } else {
      pieces.push("{");
      levels.push({ fields: Object.entries(value).values(), close: "}", isEmpty: true });
    }
  }

  write(root);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const next = level.fields.next();
    if (next.done === true) {
      pieces.push(level.close);
      levels.pop();
      continue;
    }
    const [key, value] = next.value;
    if (typeof key === "string" && value === undefined) continue;
    if (!level.isEmpty) pieces.push(",");
    level.isEmpty = false;
    if (typeof key === "string") pieces.push(`${JSON.stringify(key)}:`);
    write(value);
  }
  return pieces.join("");
}
