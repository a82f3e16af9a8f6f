import { OutputClosedError, OutputError, type UserError } from "../errors.ts";
import type { Io } from "../io.ts";
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
  const [out, talk] = [createPage(stdout, shown), createPage(stderr, shown)];
  // Where stdout is the same terminal, the line is sent the same way as the text over it: so neither overtakes the other.
  const [terminal, { cursor }] = stdout.isTTY === true ? [stdout, out] : [stderr, talk];
  const status = stderr.isTTY === true ? createStatusLine(terminal, cursor) : NO_STATUS_LINE;
  const pages: Pages = { stdout: out, stderr: talk, status };
  return pages;
}

/** Writes what is wrong and what to do. */
export function writeUserError(stderr: Page, error: UserError | OutputError): void {
  stderr.endLine();
  stderr.write("ssescope: ", "bad");
  stderr.write(`${error.message}\n`);
  if ("hint" in error && error.hint !== null) stderr.write(`  ${error.hint}\n`, "dim");
}

/** Tells in one line what is going on. It is of use now; where nobody reads it, the run goes on. */
export function tell(message: string, { stdout, stderr }: Pick<Pages, "stdout" | "stderr">): void {
  // Where text and talk meet in one terminal, the talk has its own line.
  if (!stdout.isAtLineStart) stderr.write("\n");
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
