// Whether there is colour, and which. chalk is loaded only where there is.
import type { Io } from "../io.ts";
import type { Page } from "./page.ts";
import type { Paint, Painter } from "./paint.ts";

export const colorModes = [
  { name: "auto", title: "on a terminal; NO_COLOR and FORCE_COLOR override it" },
  { name: "always", title: "in files and pipes, too" },
  { name: "never", title: "no colors" },
] as const;
export type ColorMode = (typeof colorModes)[number]["name"];

/** Gives a page its colours, where they are wanted. `mode` is the user's word. */
export async function colorPage(page: Page, mode: ColorMode, env: Io["env"]): Promise<void> {
  if (wantsColor(mode, page.isTerminal, env)) page.paintWith(await createPainter());
}

function wantsColor(mode: ColorMode, isTerminal: boolean, env: Io["env"]): boolean {
  if (mode !== "auto") return mode === "always";
  // https://no-color.org and https://force-color.org: set and not empty; FORCE_COLOR=0 is an old way to say no.
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}

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
