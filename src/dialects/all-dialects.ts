import type { Dialect } from "./dialect.ts";
import { dialects } from "./index.ts";

let all: readonly Dialect[] | null = null;

/** Every dialect, in the order of the list. Loads them, so a run that reads a bare stream does not ask. */
export function allDialects(): readonly Dialect[] {
  all ??= dialects.map(({ load }) => load());
  return all;
}
