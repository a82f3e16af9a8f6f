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
    await stderr.flush();
  } catch (error) {
    if (!(error instanceof OutputClosedError || error instanceof OutputError)) throw error;
  }
}
