// Finds the key paths of YAML in flow style (YAML 1.2.2, 7.4) with plain keys, in its first bytes.
import type { KeyScan } from "./key-scan.ts";

/** Keys are looked at down to this depth. */
const DEEPEST = 5;
/** A key, a quoted text, a bracket, a comma, or any other text without spaces: a plain value up to its end. */
const TOKEN =
  /(?<key>[\w.-]+):(?=\s|$)|"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^']|'')*(?:'|$)|(?<open>[[{])|(?<close>[\]}])|,|[^\s,[\]{}][^,[\]{}\r\n]*/g;
const BEGINNING = /^\s*\{\s*[\w.-]/;

/** Whether text starts as a mapping in flow style with a plain key, which JSON never does. */
export function beginsAsFlow(text: string): boolean {
  return BEGINNING.test(text);
}

/** Scans text that starts this way. */
export function scanFlowKeys(text: string): KeyScan {
  const paths = new Set<string>();
  const topKeys = new Set<string>();
  /** The path of the values in each level. */
  const levels: string[] = [];
  let deeper = 0;
  let key = "";
  for (const { groups } of text.matchAll(TOKEN)) {
    const { key: name, open, close } = groups ?? {};
    if (close !== undefined) {
      if (deeper > 0) deeper -= 1;
      else levels.pop();
      if (levels.length === 0) break;
    } else if (open !== undefined) {
      const isList = open === "[";
      const path = isList ? `${key}[]` : key;
      if (levels.length === DEEPEST || deeper > 0) deeper += 1;
      else {
        if (isList) paths.add(path);
        levels.push(path);
      }
      key = path;
    } else if (name !== undefined && deeper === 0) {
      const prefix = levels.at(-1) ?? "";
      key = prefix === "" ? name : `${prefix}.${name}`;
      paths.add(key);
      if (levels.length === 1) topKeys.add(key);
    } else if (deeper === 0 && levels.at(-1)?.endsWith("[]") === true) key = levels.at(-1) ?? "";
  }
  return { syntax: "yaml", paths, topKeys, isClosed: false, isFollowed: false, cutLine: null };
}
