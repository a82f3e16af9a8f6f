import { OutputClosedError, OutputError, type UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { createCursor } from "./cursor.ts";
import { createPage, type Page } from "./page.ts";
import { createStatusLine, NO_STATUS_LINE, type StatusLine } from "./status-line.ts";

/** The outputs of a run. */
export interface Pages {
  /** The product. */
  readonly stdout: Page;
  /** The talk. */
  readonly stderr: Page;
  /** What is said for the moment. */
  readonly status: StatusLine;
}

/** The pages of the outside. A status line stands on stderr, unless that is no terminal. */
export function createPages({ stdout, stderr }: Pick<Io, "stdout" | "stderr">): Pages {
  const shown = { giveWay: () => pages.status.giveWay(), comeBack: () => pages.status.comeBack() };
  const cursor = createCursor();
  const isOneTerminal = stdout.isTTY === true && stderr.isTTY === true;
  // Sent the same way as the text over it, where that is on the terminal too: so neither overtakes the other.
  const status = stderr.isTTY === true ? createStatusLine(isOneTerminal ? stdout : stderr, cursor) : NO_STATUS_LINE;
  const pages: Pages = {
    stdout: createPage(stdout, shown, isOneTerminal ? cursor : undefined),
    stderr: createPage(stderr, shown, cursor),
    status,
  };
  return pages;
}

/** Writes what is wrong and what to do. */
export function writeUserError(stderr: Page, error: UserError | OutputError): void {
  stderr.endLine();
  stderr.write("ssescope: ", "bad");
  // A name that it quotes may have line ends.
  stderr.writeInline(error.message);
  if ("hint" in error && error.hint !== null) {
    stderr.write("\n  ");
    stderr.writeInline(error.hint, "dim");
  }
  stderr.write("\n");
}

/** Tells in one line what is going on. It is of use now; where nobody reads it, the run goes on. */
export function tell(message: string, { stdout, stderr }: Pick<Pages, "stdout" | "stderr">): void {
  // Where text and talk meet, on a terminal or in one log, the talk has its own line.
  const isWithinLine = stdout.isTerminal && stderr.isTerminal ? !stderr.cursor.isAtStart() : !stdout.isAtLineStart;
  if (isWithinLine) stderr.write("\n");
  stderr.write("ssescope: ", "dim");
  stderr.writeInline(message);
  stderr.write("\n");
  flushTalk(stderr).catch(() => {});
}

/** Sends what is left for a page that the run does not depend on: where nobody reads it, it is dropped. */
export async function flushTalk(stderr: Page): Promise<void> {
  try {
    await flushUnlessClosed(stderr);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
  }
}

/** Sends what was added, for runs that go on where its reader has gone away. Throws OutputError. */
export async function flushUnlessClosed(page: Page): Promise<void> {
  try {
    await page.flush();
  } catch (error) {
    if (!(error instanceof OutputClosedError)) throw error;
  }
}
