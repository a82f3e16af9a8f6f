// Options of diff: what to compare and what to print.
import { choices, type Choice, TIMES } from "../../diff/difference.ts";
import type { CommandOption } from "./option.ts";
import { parseNames } from "./parse-values.ts";

export const diffOptions = [
  {
    name: "only",
    category: "comparison",
    value: "<sections>",
    summary: "compare these sections only",
    details: () =>
      `Sections, separated by commas: ${choices.join(", ")}. With ${TIMES}, all times are printed, and a ` +
      "notable difference makes streams different; both streams must have times.",
    parse: (text: string): ReadonlySet<Choice> => parseNames(text, choices),
    default: { text: "all" },
    completes: () => choices,
  },
  {
    name: "strict",
    category: "comparison",
    summary: "compare the number of deltas, too",
  },
  {
    name: "json",
    category: "output",
    summary: "print JSON, one line for each pair of streams",
  },
  {
    name: "quiet",
    short: "q",
    category: "output",
    summary: "print no differences; set the exit code only",
  },
] as const satisfies readonly CommandOption[];
