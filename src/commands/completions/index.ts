// The shells that have completions.
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import type { Shell } from "./shell.ts";
import { zsh } from "./zsh.ts";

/** In the order in which help shows them. */
export const shells = [bash, zsh, fish] as const satisfies readonly Shell[];
