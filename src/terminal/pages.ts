import { OutputClosedError, OutputError, type UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { createCursor } from "./cursor.ts";
import { createPage, type Page } from "./page.ts";
import { createStatusLine, NO_STATUS_LINE, type StatusLine } from "./status-line.ts";

/** The outputs of a run. */
export interface Pages {
  /** The product of a command. */
  readonly stdout: Page;
  /** Messages. */
  readonly stderr: Page;
  /** A temporary line about progress. */
  readonly status: StatusLine;
}

/** Pages on the process's outputs. The status line is on stderr, if that is a terminal. */
export function createPages({ stdout, stderr }: Pick<Io, "stdout" | "stderr">): Pages {
  const shown = { hide: () => pages.status.hide(), restore: () => pages.status.restore() };
  const cursor = createCursor();
  const isOneTerminal = stdout.isTTY === true && stderr.isTTY === true;
  // If stdout is on the same terminal, the status line uses its stream, so that neither overtakes the other.
  const status = stderr.isTTY === true ? createStatusLine(isOneTerminal ? stdout : stderr, cursor) : NO_STATUS_LINE;
  const pages: Pages = {
    stdout: createPage(stdout, shown, isOneTerminal ? cursor : undefined),
    stderr: createPage(stderr, shown, cursor),
    status,
  };
  return pages;
}

/** Writes an error and its hint. */
export function writeUserError(stderr: Page, error: UserError | OutputError): void {
  stderr.endLine();
  stderr.write("ssescope: ", "bad");
  // A quoted name may contain line ends.
  stderr.writeInline(error.message);
  if ("hint" in error && error.hint !== null) {
    stderr.write("\n  ");
    stderr.writeInline(error.hint, "dim");
  }
  stderr.write("\n");
}

/** Writes a one-line message at once; if it cannot be written, the run continues. */
export function tell(message: string, { stdout, stderr }: Pick<Pages, "stdout" | "stderr">): void {
  // On a terminal or in a combined log, the message must not continue a line of stdout.
  const isWithinLine = stdout.isTerminal && stderr.isTerminal ? !stderr.cursor.isAtStart() : !stdout.isAtLineStart;
  if (isWithinLine) stderr.write("\n");
  stderr.write("ssescope: ", "dim");
  stderr.writeInline(message);
  stderr.write("\n");
  flushTalk(stderr).catch(() => {});
}

/** Sends pending text of a page that the run does not depend on; if that fails, it is dropped. */
export async function flushTalk(stderr: Page): Promise<void> {
  try {
    await flushUnlessClosed(stderr);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
  }
}

/** Sends pending text, for runs that continue after the reader has closed the output. Throws OutputError. */
export async function flushUnlessClosed(page: Page): Promise<void> {
  try {
    await page.flush();
  } catch (error) {
    if (!(error instanceof OutputClosedError)) throw error;
  }
}
