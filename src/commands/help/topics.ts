// What `ssescope help <topic>` explains: parts of `--help`, each by itself.
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
    summary: "what --expect takes: keys, operators, values",
    sections: async () => {
      const { expectationSections } = await import("./expectations.ts");
      return [...expectationSections, durationSection];
    },
  },
  {
    name: "timing",
    summary: "what the times in summaries and reports mean",
    sections: async () => [(await import("./numbers.ts")).timeSection, durationSection],
  },
  {
    name: "exit-codes",
    summary: "how a run ends",
    sections: async () => [(await import("./numbers.ts")).exitCodeSection],
  },
  {
    name: "url",
    summary: "requests, time limits and retries of live streams",
    sections: async () => [...(await import("./urls.ts")).urlSections, durationSection],
  },
  {
    name: "colors",
    summary: "what decides on colors: options, variables, CI systems",
    sections: async () => [(await import("./colors.ts")).colorSection],
  },
];
