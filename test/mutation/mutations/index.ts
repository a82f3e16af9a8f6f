// All mutations, in the order in which the score lists them.
import type { Mutation } from "../mutation.ts";
import { endMutations } from "./ends.ts";
import { frameMutations } from "./frames.ts";
import { idMutations } from "./ids.ts";
import { nameMutations } from "./names.ts";
import { sequenceMutations } from "./sequence.ts";
import { structureMutations } from "./structure.ts";
import { terminalMutations } from "./terminal.ts";
import { textMutations } from "./texts.ts";

export const mutations: readonly Mutation[] = [
  ...frameMutations,
  ...nameMutations,
  ...sequenceMutations,
  ...endMutations,
  ...structureMutations,
  ...idMutations,
  ...textMutations,
  ...terminalMutations,
];
