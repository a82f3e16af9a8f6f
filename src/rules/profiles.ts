// The rule sets of `--profile`.

/** In the order of `--help`; the first is the default. */
export const profiles = [
  { name: "openai", title: "what OpenAI's own streams do, and its clients rely on" },
  { name: "open-responses", title: "the MUSTs of the Open Responses specification" },
  { name: "lenient", title: "only what loses or corrupts a response" },
] as const;
export type ProfileName = (typeof profiles)[number]["name"];
