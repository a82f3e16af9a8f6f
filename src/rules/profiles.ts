// The rule sets of `--profile`.

/** In the order of `--help`; the first is the default. */
export const profiles = [
  { name: "openai", title: "the behavior of OpenAI's own streams, on which its clients rely" },
  { name: "open-responses", title: "the MUSTs of the Open Responses specification" },
  { name: "lenient", title: "only faults that lose or corrupt a response" },
] as const;
export type ProfileName = (typeof profiles)[number]["name"];
