import type { UserError } from "../errors.ts";
import type { Page } from "./page.ts";

/** The two outputs of a run. */
export interface Pages {
  /** The product. */
  readonly stdout: Page;
  /** The talk. */
  readonly stderr: Page;
}

/** Writes what is wrong and what to do. */
export function writeUserError(stderr: Page, { message, hint }: UserError): void {
  stderr.endLine();
  stderr.write("ssescope: ", "bad");
  stderr.write(`${message}\n`);
  if (hint !== null) stderr.write(`  ${hint}\n`, "dim");
}
