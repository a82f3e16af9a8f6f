import type { Dialect } from "./dialect.ts";
import { dialects } from "./index.ts";

let all: readonly Dialect[] | null = null;

/** Every dialect, in list order. Calling it loads them all, so a run that reads a bare stream does not call it. */
export function allDialects(): readonly Dialect[] {
  all ??= dialects.map(({ load }) => load());
  return all;
}
