import type { Plan } from "./plan.ts";

/** Something that can be generated. Kinds are collected in `kinds/index.ts`. */
export interface Kind {
  readonly name: string;
  /** What stands behind the name on the command line; empty if nothing does. */
  readonly place: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** Works out what to write. Throws ScaffoldError. `place`: what was given behind the name, or null. */
  plan(root: string, name: string, place: string | null): Plan;
}
