// Prepares pages for human readers: colours, and a ruler for a terminal. Libraries are loaded only if needed.
import { fstatSync } from "node:fs";
import type { Io, OutputStream } from "../io.ts";
import { type ColorMode, colorPage } from "./color.ts";
import type { Page } from "./page.ts";
import type { Pages } from "./pages.ts";

/**
 * Gives a page its colours, if wanted (`mode` is the user's choice), and a terminal a ruler that counts as terminals
 * do. `mayBeLog`: only humans read the page, so it has colours in the log of a CI system.
 */
export async function preparePage(page: Page, mode: ColorMode, env: Io["env"], mayBeLog = false): Promise<void> {
  await colorPage(page, mode, env, mayBeLog);
  if (page.isTerminal) page.measureWith((await import("./terminal-ruler.ts")).terminalRuler);
}

/** The readers of a command's standard output: people, or possibly other programs. */
export type Use = "people" | "programs";

/** Prepares both outputs of a command; stderr is always read by people. */
export async function preparePages(pages: Pages, mode: ColorMode, io: Io, use: Use = "programs"): Promise<void> {
  const { env } = io;
  await preparePage(pages.stdout, mode, env, use === "people" && !isFile(io.stdout));
  await preparePage(pages.stderr, mode, env, !isFile(io.stderr));
}

/** Whether the output is redirected to a file. Streams without a descriptor, such as those of tests, are not files. */
function isFile({ fd }: OutputStream): boolean {
  return fd !== undefined && fstatSync(fd).isFile();
}
