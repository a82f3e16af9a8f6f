// The list of kinds that `npm run new` can generate.
import type { Kind } from "../kind.ts";
import { dialect } from "./dialect.ts";
import { framing } from "./framing.ts";
import { reporter } from "./reporter.ts";
import { rule } from "./rule.ts";
import { view } from "./view.ts";

/** In the order of `--help`. */
export const kinds = [dialect, rule, framing, view, reporter] as const satisfies readonly Kind[];
