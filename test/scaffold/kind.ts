import type { Plan } from "./plan.ts";

/** Something that can be generated. Kinds are collected in `kinds/index.ts`. */
export interface Kind {
  readonly name: string;
  /** The argument after the name on the command line; empty if there is none. */
  readonly place: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** Plans the files to write. Throws ScaffoldError. `place`: the argument after the name, or null. */
  plan(root: string, name: string, place: string | null): Plan;
}
