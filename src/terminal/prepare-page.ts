// What a page for people needs beside its stream: colours, and a ruler for a terminal. Each is loaded where it is used.
import type { Io } from "../io.ts";
import { type ColorMode, colorPage } from "./color.ts";
import type { Page } from "./page.ts";

/** Gives a page its colours, where they are wanted (`mode` is the user's word), and measures a terminal as it counts. */
export async function preparePage(page: Page, mode: ColorMode, env: Io["env"]): Promise<void> {
  await colorPage(page, mode, env);
  if (page.isTerminal) page.measureWith((await import("./terminal-ruler.ts")).terminalRuler);
}
