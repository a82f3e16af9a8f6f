// The data of one event in, a regular expression for data that differs from it in known places only, out.
import type { DeltaPlaces } from "../dialects/dialect.ts";

type PlaceName = keyof DeltaPlaces;

/** What may stand in each place: strictly less than JSON allows, and read as JSON reads it. */
const HOLES: Readonly<Record<PlaceName, string>> = {
  /** A string that is not empty; what it escapes, it escapes as JSON does. */
  text: String.raw`"((?!")[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*)"`,
  /** A whole number from 0 that a double holds exactly. */
  number: String.raw`(0|[1-9]\d{0,14})`,
  /** A string of printable ASCII with nothing escaped: there is nothing to be found in it. */
  padding: String.raw`"[ !#-[\]-~]*"`,
};

export interface RunPattern {
  /** The source of an expression for data that is the same, byte for byte, but for what stands in the places. */
  readonly source: string;
  /** Its group that holds the text, escaped as it was. */
  readonly textGroup: number;
  /** Its group that holds the number; null where there is none. */
  readonly numberGroup: number | null;
}

/** JSON in tokens: a string, a bracket or another sign, white space, a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+|[^"{}[\],:\s]+/g;
// oxlint-disable-next-line no-control-regex -- from NUL to DEL is what ASCII is
const ASCII = /^[\u0000-\u007f]*$/;
const SYNTAX = /[$()*+./?[\\\]^{|}]/g;

/**
 * The pattern of `data`, which is a JSON text. Null where a place is not in it or there twice, where what stands there does
 * not fit, and where anything else is not ASCII.
 */
export function patternOf(data: string, places: DeltaPlaces): RunPattern | null {
  const names: readonly PlaceName[] = ["text", "number", "padding"];
  const asked = names.filter((name) => places[name] !== null);
  const found: PlaceName[] = [];
  let source = "";
  for (const { token, pointer } of readTokens(data)) {
    const name = asked.find((name) => places[name] === pointer);
    if (name === undefined) {
      if (!ASCII.test(token)) return null;
      source += token.replace(SYNTAX, String.raw`\$&`);
    } else {
      // Twice: two keys of one object are the same, and the later one counts.
      if (found.includes(name) || !new RegExp(`^${HOLES[name]}$`).test(token)) return null;
      found.push(name);
      source += HOLES[name];
    }
  }
  if (found.length < asked.length) return null;
  const groups = [null, ...found.filter((name) => name !== "padding")];
  return {
    source,
    textGroup: groups.indexOf("text"),
    numberGroup: places.number === null ? null : groups.indexOf("number"),
  };
}

/** The tokens of a JSON text; a string, number or word that is a value has the pointer to where it stands (RFC 6901). */
function* readTokens(json: string): Generator<{ readonly token: string; readonly pointer: string | null }> {
  /** Of all that is open, the key or the index of the value in hand. */
  const steps: (string | number)[] = [];
  let isKeyNext = false;
  for (const [token] of json.matchAll(TOKEN)) {
    let pointer: string | null = null;
    const top = steps.length - 1;
    const step = steps[top];
    if (token === "{" || token === "[") {
      steps.push(token === "{" ? "" : 0);
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") {
      steps.pop();
      isKeyNext = false;
    } else if (token === ",") {
      if (typeof step === "number") steps[top] = step + 1;
      else isKeyNext = true;
    } else if (isKeyNext && token.startsWith('"')) {
      steps[top] = pointerStep(token);
      isKeyNext = false;
    } else if (token !== ":" && token.trim() !== "") pointer = steps.map((step) => `/${step}`).join("");
    yield { token, pointer };
  }
}

/** A key as JSON pointers write it. */
function pointerStep(key: string): string {
  const text: unknown = JSON.parse(key);
  return String(text).replaceAll("~", "~0").replaceAll("/", "~1");
}
