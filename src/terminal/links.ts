// Decides whether a terminal supports links (OSC 8). The library for this is loaded only for a terminal.
import type { Io } from "../io.ts";
import type { ColorMode } from "./color.ts";
import type { Page } from "./page.ts";

/** Enables links on a page, if its terminal supports them and colours are not disabled. */
export async function linkPage(page: Page, mode: ColorMode, env: Io["env"]): Promise<void> {
  if (page.isTerminal && mode !== "never" && (await hasLinks(env))) page.enableLinks();
}

async function hasLinks(env: Io["env"]): Promise<boolean> {
  // https://github.com/chalk/supports-hyperlinks: 0 means no.
  if (env.FORCE_HYPERLINK) return env.FORCE_HYPERLINK !== "0";
  if (env.NO_COLOR || (env.TERM === undefined && env.WT_SESSION === undefined)) return false;
  const { createSupportsHyperlinks } = await import("supports-hyperlinks");
  return createSupportsHyperlinks({ isTTY: true });
}
