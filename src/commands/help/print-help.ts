// Prints help as wide as the terminal, with emphasized headings.
import type { Io } from "../../io.ts";
import type { ColorMode } from "../../terminal/color.ts";
import type { Page } from "../../terminal/page.ts";
import { preparePage } from "../../terminal/prepare-page.ts";
import type { NamedCommand } from "../command.ts";
import { longHelp } from "./help.ts";
import { createLayout, type Layout } from "./layout.ts";
import { shortHelp } from "./short-help.ts";

/** Columns of the help: longer lines are hard to read. */
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 100;

/** Prints `--help`, or `-h`. */
export async function printCommandHelp(
  command: NamedCommand,
  isLong: boolean,
  page: Page,
  mode: ColorMode,
  env: Io["env"],
): Promise<void> {
  await printHelp((layout) => (isLong ? longHelp : shortHelp)(command, layout), page, mode, env);
}

const HEADING = /^(?:Usage:|[A-Z].*:$)/;

/** Prints a text laid out for the page. */
export async function printHelp(
  textIn: (layout: Layout) => string | Promise<string>,
  page: Page,
  mode: ColorMode,
  env: Io["env"],
): Promise<void> {
  await preparePage(page, mode, env);
  const text = await textIn(createLayout(Math.min(page.columns ?? DEFAULT_COLUMNS, MOST_COLUMNS), page.ruler));
  for (const line of text.split(/(?<=\n)/)) {
    const [heading = ""] = HEADING.exec(line.trimEnd()) ?? [];
    page.write(heading, "strong");
    page.write(line.slice(heading.length));
  }
}
