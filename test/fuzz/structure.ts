// Changes of the structure of JSON and YAML. Random bytes break a document at its first check; these changes leave most
// of it intact. The text is latin1, one character per byte, as in changes.ts.
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { NamedChange } from "./changes.ts";
import { changes } from "./changes.ts";
import { hostileText, hostileToken } from "./hostile-json.ts";
import type { Random } from "../mutation/random.ts";

/** A range of a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: key, colon and value. */
interface Member extends Span {
  readonly key: Span;
  readonly value: Span;
}

interface Structure {
  readonly values: readonly Span[];
  readonly members: readonly Member[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** All values and members of text that looks like JSON, even if the rest is broken. */
function structureOf(input: string): Structure {
  const values: Span[] = [];
  const members: Member[] = [];
  const open: { start: number; key: Span | null }[] = [{ start: 0, key: null }];
  let last: Span | null = null;

  function close(value: Span): void {
    values.push(value);
    const holder = open.at(-1);
    if (holder === undefined || holder.key === null) return;
    members.push({ start: holder.key.start, end: value.end, key: holder.key, value });
    holder.key = null;
  }

  for (const { 0: token, index } of input.matchAll(TOKEN)) {
    const span = { start: index, end: index + token.length };
    const holder = open.at(-1);
    if (token === "{" || token === "[") open.push({ start: index, key: null });
    else if (token === "}" || token === "]") {
      if (open.length < 2) continue;
      const begun = open.pop();
      close({ start: begun?.start ?? index, end: span.end });
    } else if (token === ":") {
      if (holder !== undefined && last !== null) holder.key = last;
      if (last !== null && values.at(-1)?.start === last.start) values.pop();
    } else if (token !== ",") close(span);
    last = token.startsWith('"') ? span : null;
  }
  return { values, members };
}

type Edit = (input: string, structure: Structure, random: Random) => string;

function put(input: string, { start, end }: Span, text: string): string {
  return input.slice(0, start) + text + input.slice(end);
}

function textOf(input: string, { start, end }: Span): string {
  return input.slice(start, end);
}

function editValue(edit: (value: string, random: Random, input: string, all: Structure) => string): Edit {
  return (input, structure, random) => {
    if (structure.values.length === 0) return input;
    const value = random.pick(structure.values);
    return put(input, value, edit(textOf(input, value), random, input, structure));
  };
}

function editMember(edit: (member: Member, random: Random, input: string, all: Structure) => string): Edit {
  return (input, structure, random) => {
    if (structure.members.length === 0) return input;
    const member = random.pick(structure.members);
    return put(input, member, edit(member, random, input, structure));
  };
}

const DEPTHS = [1, 3, 100, 10_000];
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "length", "then", "\\u0000", "\\ud800"];
const NUMBERS = [
  "-1",
  "1e308",
  "-1e308",
  "1e999",
  "0.1",
  "4294967296",
  "9007199254740993",
  "99999999999999999999",
  "-0",
];
const LONG = "n".repeat(70_000);

function another(random: Random, input: string, { values }: Structure): string {
  return textOf(input, random.pick(values));
}

const jsonEdits: Readonly<Record<string, Edit>> = {
  "a value is replaced by another": editValue((_, random, input, all) => another(random, input, all)),
  "a value is a hostile token": editValue((_, random) => hostileToken(random)),
  "a value is a number": editValue((_, random) => random.pick(NUMBERS)),
  "a value is a text": editValue((value) => JSON.stringify(value)),
  "a value is in a list": editValue((value) => `[${value}]`),
  "a value is twice in a list": editValue((value) => `[${value},${value}]`),
  "a value is in an object": editValue((value, random) => `{"${random.pick(NAMES)}":${value}}`),
  "a value is nested deeper": editValue((value, random) => {
    const depth = random.pick(DEPTHS);
    return random.below(2) === 0
      ? `${"[".repeat(depth)}${value}${"]".repeat(depth)}`
      : `${'{"a":'.repeat(depth)}${value}${"}".repeat(depth)}`;
  }),
  "a value is empty": editValue((value) => (value.startsWith("[") ? "[]" : value.startsWith("{") ? "{}" : '""')),
  "a value is null": editValue(() => "null"),
  "a value is missing": editValue(() => ""),
  "a member is missing": editMember(() => '"gone":0'),
  "a member is repeated": editMember((member, random, input, all) => {
    const key = textOf(input, member.key);
    return `${textOf(input, member)},${key}:${random.below(2) === 0 ? textOf(input, member.value) : another(random, input, all)}`;
  }),
  "a key is a JavaScript property": editMember(
    (member, random, input) => `"${random.pick(NAMES)}":${textOf(input, member.value)}`,
  ),
  "a key is replaced by another": editMember(
    (member, random, input, all) => `${textOf(input, random.pick(all.members).key)}:${textOf(input, member.value)}`,
  ),
  "a key is very long": editMember((member, _, input) => `"${LONG}":${textOf(input, member.value)}`),
  "a prototype is set": editMember(
    (member, _, input) => `"__proto__":{${textOf(input, member)}},${textOf(input, member)}`,
  ),
  "a text is hostile": editValue((value, random) =>
    value.startsWith('"') ? `"${random.pick([hostileText(random), value.slice(1, -1) + hostileText(random)])}"` : value,
  ),
  "a body is changed": editValue(changeBody),
  "a body is changed again": editValue(changeBody),
};

/** Changes the content of a string like a capture; the result may be compressed, and in Base64. */
function changeBody(value: string, random: Random): string {
  if (!value.startsWith('"') || value.length < 40) return value;
  let body: string;
  try {
    body = Buffer.from(String(JSON.parse(value))).toString("latin1");
  } catch {
    return value;
  }
  const changed = random.pick(changes).change(body, random, body);
  const bytes = Buffer.from(changed, "latin1");
  switch (random.below(4)) {
    case 0: {
      const compress = random.pick([gzipSync, deflateSync, brotliCompressSync]);
      return JSON.stringify(compress(bytes).toString("base64"));
    }
    case 1:
      return JSON.stringify(bytes.toString("base64"));
    default:
      return Buffer.from(JSON.stringify(bytes.toString())).toString("latin1");
  }
}

const YAML_VALUES = [
  "&a [*a]",
  "*a",
  "&a",
  "!!binary x",
  "!!python/object:os.system",
  "!ruby/object:Gem",
  "|",
  ">-",
  "|2",
  "|9",
  "? x",
  "- ",
  "{",
  "[a, {b: c}",
  "'",
  '"',
  "~",
  ".inf",
  "0x1f",
  "1_000",
  "<<: *a",
  "---",
  "...",
  "%YAML 9.9",
  "@",
  "`",
  "\t",
  "#",
  ": :",
  "'it''s'",
  '"\\x41\\u0000\\N"',
];

function nineOf(level: number): string {
  return Array.from({ length: 9 }, () => `*l${level}`).join(",");
}

type LineEdit = (line: string, random: Random, lines: readonly string[]) => readonly string[];

const yamlEdits: Readonly<Record<string, LineEdit>> = {
  "a line is indented": (line, random) => [`${" ".repeat(1 + random.below(4))}${line}`],
  "a line is indented less": (line) => [line.replace(/^ {1,2}/, "")],
  "a line is indented by a tab": (line) => [`\t${line}`],
  "a YAML value is hostile": (line, random) => [
    line.replace(/(:|-) .*$/, (_, mark: string) => `${mark} ${random.pick(YAML_VALUES)}`),
  ],
  "a line is hostile": (line, random) => [line, random.pick(YAML_VALUES)],
  "a value has an anchor": (line) => [line.replace(/: /, ": &a ")],
  "a value is an alias": (line) => [line.replace(/: .*$/, ": *a")],
  "aliases grow": (line, random) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    const levels = 2 + random.below(30);
    return [
      line,
      ...Array.from(
        { length: levels },
        (_, level) => `${indent}l${level}: &l${level} [${level === 0 ? "x" : nineOf(level - 1)}]`,
      ),
    ];
  },
  "a key is repeated": (line, random, lines) => [line, `${/^ *(?:- )?[\w-]*/.exec(line)?.[0]}: ${random.pick(lines)}`],
  "a YAML key is a JavaScript property": (line, random) => [
    line.replace(/[\w-]+(?=:)/, () => random.pick(["__proto__", "constructor", "toString"])),
  ],
  "a line is quoted": (line, random) => [
    line.replace(/: (.*)$/, (_, rest: string) => `: ${random.pick(["'", '"'])}${rest}`),
  ],
  "a line is repeated many times": (line, random) => Array<string>(random.pick([50, 2000])).fill(line),
};

/** The changes of JSON. */
export const jsonChanges: readonly NamedChange[] = Object.entries(jsonEdits).map(([name, edit]) => ({
  name,
  change: (input, random) => edit(input, structureOf(input), random),
}));

/** The changes of YAML. */
export const yamlChanges: readonly NamedChange[] = Object.entries(yamlEdits).map(([name, edit]) => ({
  name,
  change: (input, random) => {
    const lines = input.split("\n");
    const at = random.below(lines.length);
    return lines.toSpliced(at, 1, ...edit(lines[at] ?? "", random, lines)).join("\n");
  },
}));
