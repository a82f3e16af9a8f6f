import { OutputClosedError, OutputError, type UserError } from "../errors.ts";
import type { Page } from "./page.ts";

/** The two outputs of a run. */
export interface Pages {
  /** The product. */
  readonly stdout: Page;
  /** The talk. */
  readonly stderr: Page;
}

/** Writes what is wrong and what to do. */
export function writeUserError(stderr: Page, error: UserError | OutputError): void {
  stderr.endLine();
  stderr.write("ssescope: ", "bad");
  stderr.write(`${error.message}\n`);
  if ("hint" in error && error.hint !== null) stderr.write(`  ${error.hint}\n`, "dim");
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
