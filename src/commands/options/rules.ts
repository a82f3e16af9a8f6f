// How rules are listed.
import type { CommandOption } from "./option.ts";

export const rulesOptions = [
  {
    name: "json",
    category: "output",
    summary: "print JSON",
    details: () => "It has the id, the family, the severity in each profile, and the texts.",
  },
] as const satisfies readonly CommandOption[];
