// The commands except the default one. Each is loaded on first use.
import type { CommandEntry } from "./command.ts";

/** In the order in which help shows them. */
export const commands: readonly CommandEntry[] = [
  {
    name: "check",
    summary: "check streams against protocol rules and your assertions",
    load: async () => (await import("./check.ts")).checkCommand,
  },
  {
    name: "show",
    summary: "print single events in full, or their bytes",
    load: async () => (await import("./show.ts")).showCommand,
  },
  {
    name: "tap",
    summary: "inspect the API responses that a program receives",
    load: async () => (await import("./tap/tap.ts")).tapCommand,
  },
  {
    name: "diff",
    summary: "compare two captures, or a capture and a live stream",
    load: async () => (await import("./diff.ts")).diffCommand,
  },
  {
    name: "stats",
    summary: "summarize many streams: verdicts, times, tokens, by model and more",
    load: async () => (await import("./stats.ts")).statsCommand,
  },
  {
    name: "replay",
    summary: "serve captures over HTTP with their recorded timing",
    load: async () => (await import("./replay.ts")).replayCommand,
  },
  {
    name: "rules",
    isMinor: true,
    summary: "list the rules of check, or explain one",
    load: async () => (await import("./rules.ts")).rulesCommand,
  },
  {
    name: "completions",
    isMinor: true,
    summary: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./completions.ts")).completionsCommand,
  },
  {
    name: "man",
    isMinor: true,
    summary: "print the man page",
    load: async () => (await import("./man.ts")).manCommand,
  },
  {
    name: "help",
    isMinor: true,
    summary: "explain a command or a topic",
    load: async () => (await import("./help.ts")).helpCommand,
  },
];
