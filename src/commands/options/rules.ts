// Options for listing rules.
import type { CommandOption } from "./option.ts";
import { colorOptions } from "./output.ts";

export const rulesOptions = [
  ...colorOptions,
  {
    name: "json",
    category: "output",
    summary: "print JSON",
    details: () =>
      "It has the id, the family, its protocol and dialects, the severity in each profile, and the texts; for a " +
      "single rule also the examples.",
  },
] as const satisfies readonly CommandOption[];
