// Converts values as Python prints them to JSON: dicts, lists, None, and objects such as `Choice(index=0, delta=None)`,
// which become JSON objects of their fields (the reprs of dataclasses and pydantic models).
import { readStringLiteral } from "./string-literal.ts";

/** A container of values: an object's fields are `name=`, a dict has keys. */
type Container = "dict" | "list" | "call" | "fields";

const NAME = /[A-Za-z_][\w.]*/y;
const FIELD = /[A-Za-z_]\w*(?==(?!=))/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
/** `<FinishReason.STOP: 'STOP'>` */
const ENUM = /<[\w.]+: (?:'(?<text>[^'\\]*)'|(?<number>-?\d+))>/y;
/** `<generator object f at 0x7f…>`: its value is unknown. */
const OPAQUE = /<[A-Za-z_][^<>]*>/y;
const WORDS: ReadonlyMap<string, string> = new Map([
  ["None", "null"],
  ["True", "true"],
  ["False", "false"],
  ["nan", "null"],
  ["inf", "null"],
]);
const SPACES = /[ \t\r\n]*/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Whether a text begins like a Python value that may be an event: a dict with a quoted key, an object, or bare fields.
 */
export function beginsLikePython(text: string): boolean {
  return BEGINNING.test(text);
}

const BEGINNING = /^(?:\{'|[A-Z]\w*\([a-z_]\w*=|[a-z_]\w*=(?:[A-Z]\w*\(|[['"{<\d-]|None\b|True\b|False\b))/;

/**
 * Converts a text to JSON on one line; null if it is not a Python value, or not all of it. Bare fields separated by
 * spaces, as `print` shows some models, become an object. Uses a list of open containers, so any depth is safe.
 */
export function pythonToJson(text: string): string | null {
  const open: Container[] = [];
  const parts: string[] = [];
  let at = 0;
  /** A value has ended: a comma or the end of its container must follow. */
  let isBehindValue = false;
  if (match(FIELD, text, 0) !== null) {
    open.push("fields");
    parts.push("{");
  }

  /** Begins a value's key, if its container has keys; false if the key is missing. */
  function readKey(container: Container | undefined): boolean {
    if (container === "dict") {
      const key = readScalar();
      if (key === null || text[skipSpaces()] !== ":") return false;
      at += 1;
      parts.push(key.startsWith('"') ? key : JSON.stringify(key), ":");
    } else if (container === "call" || container === "fields") {
      const field = match(FIELD, text, at)?.[0];
      if (field === undefined) return false;
      at += field.length + 1;
      parts.push(JSON.stringify(field), ":");
    }
    return true;
  }

  function skipSpaces(): number {
    at += match(SPACES, text, at)?.[0].length ?? 0;
    return at;
  }

  /** Reads a string, a number, a word or an enum member as JSON; null if something else follows. */
  function readScalar(): string | null {
    const literal = readStringLiteral(text, at);
    if (literal !== null) {
      at = literal.end;
      return JSON.stringify(literal.value);
    }
    const number = match(NUMBER, text, at)?.[0];
    if (number !== undefined) {
      at += number.length;
      return number;
    }
    const member = match(ENUM, text, at);
    if (member !== null) {
      at += member[0].length;
      const { text: word, number: value } = member.groups ?? {};
      return word === undefined ? (value ?? "null") : JSON.stringify(word);
    }
    const opaque = match(OPAQUE, text, at)?.[0];
    if (opaque !== undefined) {
      at += opaque.length;
      return "null";
    }
    const name = match(NAME, text, at)?.[0];
    if (name === undefined || text[at + name.length] === "(") return null;
    at += name.length;
    return WORDS.get(name) ?? JSON.stringify(name.slice(name.lastIndexOf(".") + 1));
  }

  /** Opens a container; null if none begins. */
  function readOpening(): Container | null {
    const name = match(NAME, text, at)?.[0] ?? "";
    const bracket = text[at + name.length];
    if (bracket === "{" && name === "") return opened("dict", 1);
    if (bracket === "[" && name === "") return opened("list", 1);
    if (bracket !== "(") return null;
    const isCall =
      name !== "" && (text[at + name.length + 1] === ")" || match(FIELD, text, at + name.length + 1) !== null);
    return opened(isCall ? "call" : "list", name.length + 1);
  }

  function opened(container: Container, length: number): Container {
    at += length;
    parts.push(container === "list" ? "[" : "{");
    return container;
  }

  for (;;) {
    skipSpaces();
    const container = open.at(-1);
    if (isBehindValue && container === undefined) return at === text.length ? parts.join("") : null;
    if (at === text.length) {
      if (container !== "fields" || open.length > 1 || !isBehindValue) return null;
      return `${parts.join("")}}`;
    }
    if (CLOSING[text[at] ?? ""]?.includes(container ?? "") === true) {
      // No value follows the comma of `(1,)`.
      if (parts.at(-1) === ",") parts.pop();
      parts.push(container === "list" ? "]" : "}");
      open.pop();
      at += 1;
      isBehindValue = true;
      continue;
    }
    if (isBehindValue) {
      if (text[at] === ",") at += 1;
      else if (container !== "fields") return null;
      parts.push(",");
      isBehindValue = false;
      continue;
    }
    if (!readKey(container)) return null;
    skipSpaces();
    const next = readOpening();
    if (next !== null) {
      open.push(next);
      continue;
    }
    const scalar = readScalar();
    if (scalar === null) return null;
    parts.push(scalar);
    isBehindValue = true;
  }
}

const CLOSING: Readonly<Record<string, readonly string[]>> = { "}": ["dict"], "]": ["list"], ")": ["list", "call"] };
