// What `ssescope help <topic>` explains: parts of `--help`, each by itself.
import type { HelpSection } from "../command.ts";

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
      return [...expectationSections, ...(await durations())];
    },
  },
  {
    name: "timing",
    summary: "what the times in summaries and reports mean",
    sections: async () => [(await import("./numbers.ts")).timeSection, ...(await durations())],
  },
  {
    name: "exit-codes",
    summary: "how a run ends",
    sections: async () => [(await import("./numbers.ts")).exitCodeSection],
  },
  {
    name: "url",
    summary: "requests, time limits and retries of live streams",
    sections: async () => [...(await import("./urls.ts")).urlSections, ...(await durations())],
  },
  {
    name: "colors",
    summary: "what decides on colors: options, variables, CI systems",
    sections: async () => [(await import("./colors.ts")).colorSection],
  },
];

async function durations(): Promise<readonly HelpSection[]> {
  return [(await import("./durations.ts")).durationSection];
}
