// Whether there is colour, and which. chalk is loaded only where there is.
import type { Io } from "../io.ts";
import type { Page } from "./page.ts";
import type { Paint, Painter } from "./paint.ts";

export const colorModes = [
  { name: "auto", title: "on a terminal and in logs of CI systems, unless a variable decides" },
  { name: "always", title: "in files and pipes, too" },
  { name: "never", title: "no colors" },
] as const;
export type ColorMode = (typeof colorModes)[number]["name"];

/** Where a page goes: a terminal, an output that may be a log of a CI system, or anything else. */
export type Place = "terminal" | "log" | "elsewhere";

/** Gives a page its colours, where they are wanted. `mode` is the user's word. */
export async function colorPage(page: Page, mode: ColorMode, env: Io["env"], mayBeLog = false): Promise<void> {
  const place = page.isTerminal ? "terminal" : mayBeLog ? "log" : "elsewhere";
  if (wantsColor(mode, place, env)) page.paintWith(await createPainter());
}

/** Decides whether a page has colours: `colorSources`, the first that says something. */
export function wantsColor(mode: ColorMode, place: Place, env: Io["env"]): boolean {
  if (mode !== "auto") return mode === "always";
  const asked = askedByVariables(env);
  if (asked !== null) return asked;
  if (env.CLICOLOR === "0") return false;
  return place === "terminal" ? env.TERM !== "dumb" : place === "log" && hasColoredLog(env);
}

/**
 * What variables ask for, whatever the output is; null: nothing.
 * - NO_COLOR, if set and not empty: https://no-color.org
 * - FORCE_COLOR, if set and not empty: https://force-color.org; 0 and false say no, as in Node.js and supports-color:
 *   https://nodejs.org/docs/latest-v20.x/api/cli.html#force_color1-2-3. Its levels 1, 2 and 3 are the same here: all
 *   colours are among the 16 of the terminal's theme.
 * - CLICOLOR_FORCE, if set and not 0: https://bixense.com/clicolors/
 * NO_COLOR decides where several are set, as in picocolors, kleur and tsc; Node.js itself, and chalk, put FORCE_COLOR first:
 * https://github.com/alexeyraspopov/picocolors/blob/main/picocolors.js
 */
function askedByVariables({ NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE }: Io["env"]): boolean | null {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR.toLowerCase() !== "false";
  return CLICOLOR_FORCE && CLICOLOR_FORCE !== "0" ? true : null;
}

/**
 * CI systems whose logs show colours, by the variable that each sets: the list of supports-color,
 * https://github.com/chalk/supports-color/blob/main/index.js, and those that came after it.
 */
const COLORED_LOGS = [
  "GITHUB_ACTIONS",
  "GITEA_ACTIONS",
  "FORGEJO_ACTIONS",
  "GITLAB_CI",
  "CIRCLECI",
  "BUILDKITE",
  "TRAVIS",
  "APPVEYOR",
  "DRONE",
  "WOODPECKER",
  // Azure Pipelines: https://learn.microsoft.com/azure/devops/pipelines/build/variables
  "TF_BUILD",
  "TEAMCITY_VERSION",
] as const;

function hasColoredLog(env: Io["env"]): boolean {
  return COLORED_LOGS.some((name) => env[name]);
}

/** What decides on colours, for help and README: the first that says something. */
export const colorSources: readonly (readonly [source: string, meaning: string])[] = [
  ["--color, --no-color", "always or never; with auto, the next ones decide"],
  ["NO_COLOR", "if not empty, no colors"],
  ["FORCE_COLOR", "1, 2, 3, true …: colors; 0 or false: none"],
  ["CLICOLOR_FORCE", "if not empty and not 0, colors"],
  ["CLICOLOR", "if 0, no colors"],
  ["TERM", "if dumb, no colors on a terminal"],
  ["a terminal", "colors"],
  [
    "a CI log",
    "colors on stderr, and in what check and diff print, in GitHub Actions, GitLab CI, Gitea, Forgejo, " +
      "CircleCI, Buildkite, Azure Pipelines, Travis CI, AppVeyor, Drone, Woodpecker and TeamCity",
  ],
  ["else", "no colors: pipes and files"],
];

/** The 16 colours that a terminal's own theme decides on: they are readable on any background. */
const THEME_COLORS = 1;

async function createPainter(): Promise<Painter> {
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: THEME_COLORS });
  const paints: Record<Paint, (text: string) => string> = {
    plain: (text) => text,
    dim: chalk.dim,
    strong: chalk.bold,
    good: chalk.green,
    warning: chalk.yellow,
    bad: chalk.red,
    name: chalk.cyan,
    accent: chalk.magenta,
  };
  return (text, paint) => paints[paint](text);
}
