// The topics of `ssescope help <topic>`: parts of `--help`.
import type { HelpSection } from "../command.ts";
import { durationSection } from "./durations.ts";

export interface Topic {
  readonly name: string;
  /** One line for lists: a fragment. */
  readonly summary: string;
  readonly sections: () => Promise<readonly HelpSection[]>;
}

/** In the order in which help lists them. */
export const topics: readonly Topic[] = [
  {
    name: "expectations",
    summary: "the syntax of --expect: keys, operators, values",
    sections: async () => {
      const { expectationSections } = await import("./expectations.ts");
      return [...expectationSections, durationSection];
    },
  },
  {
    name: "timing",
    summary: "the meaning of times in summaries and reports",
    sections: async () => [(await import("./numbers.ts")).timeSection, durationSection],
  },
  {
    name: "exit-codes",
    summary: "the exit codes and their verdicts",
    sections: async () => [(await import("./numbers.ts")).exitCodeSection],
  },
  {
    name: "url",
    summary: "requests, time limits and retries of live streams",
    sections: async () => [...(await import("./urls.ts")).urlSections, durationSection],
  },
  {
    name: "colors",
    summary: "when colors are used: options, variables, CI systems",
    sections: async () => [(await import("./colors.ts")).colorSection],
  },
];
