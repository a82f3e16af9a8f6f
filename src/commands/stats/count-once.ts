// Sources of one side of a comparison, each once: a second copy of the same values would look like more evidence.
import { resolve } from "node:path";
import type { NamedSource } from "../../check/source-names.ts";
import { isUrl } from "../../sources/index.ts";
import { STDIN_NAME } from "../../sources/stdin.ts";

/** The first of the sources at each path; a URL is a new response each time. */
export function countOnce(sources: readonly NamedSource[], cwd: string): readonly NamedSource[] {
  const seen = new Set<string>();
  return sources.filter(({ name }) => {
    if (name === STDIN_NAME || isUrl(name)) return true;
    const path = resolve(cwd, name);
    if (seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}
