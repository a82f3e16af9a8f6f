// Detects values that programs printed in their own language's format, and says how to print JSON instead.

const LANGUAGES: readonly { readonly name: string; readonly value: RegExp; readonly instead: string }[] = [
  {
    name: "Python values as print shows them (repr)",
    // The last alternative is the format of pprint and rich, which print over several lines:
    // https://github.com/vllm-project/vllm/pull/36445
    value: /(?:^|[\s:=(])(?:\{'\w+':|b'|[A-Z]\w*\((?:[a-z_]\w*=(?:None|True|False|\[|'|\d|[A-Z]\w*\()|$))/,
    instead: "json.dumps(event), or chunk.model_dump_json()",
  },
  {
    name: "Ruby values as p shows them",
    value: /\{(?:"\w+"|:\w+) ?=> ?/,
    instead: "event.to_json",
  },
  {
    name: "Rust values as {:?} shows them",
    value: /(?:^|\s)[A-Z]\w* \{\s*[a-z_]\w*: (?:"|Some\(|None\b)|\bSome\(|\bOk\(/,
    instead: "serde_json::to_string(&event)",
  },
  {
    name: "JavaScript values as console.log shows them",
    value: /(?:^|\s)\{\s*[A-Za-z_$][\w$]*: (?:'|\[|\{|\d|null|undefined|true|false)|\[Object\]|<Buffer /,
    instead: "JSON.stringify(event)",
  },
  {
    name: "Go values as %+v shows them",
    value: /(?:^|[\s&])(?:\w+\.)?\w*\{[A-Z]\w*:\S/,
    instead: "json.Marshal(event)",
  },
  {
    name: "objects as toString shows them",
    value: /(?:^|\s)[A-Z]\w*[({[][a-z]\w*=/,
    instead: "the original JSON",
  },
];

/** Lines that are examined. */
const MOST_LINES = 20;
const LONGEST_LINE = 1000;

/** Describes a text with such a value in one of its first lines; null if there is none. */
export function describePrintedValue(text: string): string | null {
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE));
  const found = LANGUAGES.find(({ value }) => lines.some((line) => value.test(line)));
  return found === undefined ? null : `${found.name}, not an event stream: print ${found.instead} instead`;
}
