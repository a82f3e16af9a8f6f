// Whether a terminal opens links (OSC 8). The library that knows terminals is loaded for a terminal only.
import type { Io } from "../io.ts";
import type { ColorMode } from "./color.ts";
import type { Page } from "./page.ts";

/** Gives a page of a terminal its links, where that terminal has them; whoever wants no colours wants none. */
export async function linkPage(page: Page, mode: ColorMode, env: Io["env"]): Promise<void> {
  if (page.isTerminal && mode !== "never" && (await hasLinks(env))) page.enableLinks();
}

async function hasLinks(env: Io["env"]): Promise<boolean> {
  // https://github.com/chalk/supports-hyperlinks: set to 0 it means no.
  if (env.FORCE_HYPERLINK) return env.FORCE_HYPERLINK !== "0";
  if (env.NO_COLOR || (env.TERM === undefined && env.WT_SESSION === undefined)) return false;
  const { createSupportsHyperlinks } = await import("supports-hyperlinks");
  return createSupportsHyperlinks({ isTTY: true });
}
