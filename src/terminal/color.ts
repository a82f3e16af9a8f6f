// Decides whether output has colours, and which. chalk is loaded only if it does.
import type { Io } from "../io.ts";
import type { Page } from "./page.ts";
import type { Paint, Painter } from "./paint.ts";

export const colorModes = [
  { name: "auto", title: "on a terminal and in CI logs, unless a variable decides" },
  { name: "always", title: "also in files and pipes" },
  { name: "never", title: "no colors" },
] as const;
export type ColorMode = (typeof colorModes)[number]["name"];

/** The output of a page: a terminal, an output that may be the log of a CI system, or anything else. */
export type Place = "terminal" | "log" | "elsewhere";

/** Gives a page its colours, if wanted. `mode` is the user's choice. */
export async function colorPage(page: Page, mode: ColorMode, env: Io["env"], mayBeLog = false): Promise<void> {
  const place = page.isTerminal ? "terminal" : mayBeLog ? "log" : "elsewhere";
  if (wantsColor(mode, place, env)) page.paintWith(await createPainter());
}

/** Decides whether a page has colours: the first matching entry of `colorSources`. */
export function wantsColor(mode: ColorMode, place: Place, env: Io["env"]): boolean {
  if (mode !== "auto") return mode === "always";
  const asked = askedByVariables(env);
  if (asked !== null) return asked;
  if (env.CLICOLOR === "0") return false;
  return place === "terminal" ? env.TERM !== "dumb" : place === "log" && hasColoredLog(env);
}

/**
 * The choice of the environment variables, for any output; null: none.
 * - NO_COLOR, if set and not empty: https://no-color.org
 * - FORCE_COLOR, if set and not empty: https://force-color.org; 0 and false mean no, as in Node.js and supports-color:
 *   https://nodejs.org/docs/latest-v20.x/api/cli.html#force_color1-2-3. Its levels 1, 2 and 3 are equivalent here,
 *   because all colours are among the 16 of the terminal's theme.
 * - CLICOLOR_FORCE, if set and not 0: https://bixense.com/clicolors/
 * If several are set, NO_COLOR wins, as in picocolors, kleur and tsc; in Node.js itself and chalk, FORCE_COLOR wins:
 * https://github.com/alexeyraspopov/picocolors/blob/main/picocolors.js
 */
function askedByVariables({ NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE }: Io["env"]): boolean | null {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR.toLowerCase() !== "false";
  return CLICOLOR_FORCE && CLICOLOR_FORCE !== "0" ? true : null;
}

/**
 * CI systems whose logs show colours, by a variable that each one sets: the list of supports-color,
 * https://github.com/chalk/supports-color/blob/main/index.js, and newer ones.
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

/** The sources of the colour decision, for help and README; the first match decides. */
export const colorSources: readonly (readonly [source: string, meaning: string])[] = [
  ["--color, --no-color", "always or never; with auto, the rules below decide"],
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
  ["otherwise", "no colors: pipes and files"],
];

/** The 16 colours that the terminal's theme defines, which are readable on any background. */
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
