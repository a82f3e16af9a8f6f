// What a page for people needs beside its stream: colours, and a ruler for a terminal. Each is loaded where it is used.
import { fstatSync } from "node:fs";
import type { Io, OutputStream } from "../io.ts";
import { type ColorMode, colorPage } from "./color.ts";
import type { Page } from "./page.ts";
import type { Pages } from "./pages.ts";

/**
 * Gives a page its colours, where they are wanted (`mode` is the user's word), and measures a terminal as it counts.
 * `mayBeLog`: only people read it, so that it has colours in a log of a CI system.
 */
export async function preparePage(page: Page, mode: ColorMode, env: Io["env"], mayBeLog = false): Promise<void> {
  await colorPage(page, mode, env, mayBeLog);
  if (page.isTerminal) page.measureWith((await import("./terminal-ruler.ts")).terminalRuler);
}

/** What the standard output of a command is for: people, or perhaps other programs. */
export type Use = "people" | "programs";

/** Prepares both outputs of a command; stderr is always for people. */
export async function preparePages(pages: Pages, mode: ColorMode, io: Io, use: Use = "programs"): Promise<void> {
  const { env } = io;
  await preparePage(pages.stdout, mode, env, use === "people" && !isFile(io.stdout));
  await preparePage(pages.stderr, mode, env, !isFile(io.stderr));
}

/** Whether a shell sends it to a file. Streams without a descriptor, such as those of tests, are no files. */
function isFile({ fd }: OutputStream): boolean {
  return fd !== undefined && fstatSync(fd).isFile();
}
