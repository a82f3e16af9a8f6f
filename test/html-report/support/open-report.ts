import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { temporaryDirectory } from "../../support/files.ts";
import { run, type RunOptions } from "../../support/io.ts";

interface PageOptions {
  readonly width?: number | undefined;
  readonly colorScheme?: "light" | "dark" | undefined;
  /** Appended to the address, for example `#/3`. */
  readonly hash?: string | undefined;
  /** Whether the browser runs scripts. */
  readonly isScripted?: boolean | undefined;
}

export interface OpenOptions extends RunOptions, PageOptions {}

export interface OpenReport {
  readonly page: Page;
  /** Events that must not happen: console messages, errors, requests, dialogs. */
  readonly problems: readonly string[];
  readonly path: string;
  readonly sizeBytes: number;
}

/** Writes the report of `check` with these arguments and opens it. */
export async function openReport(
  browser: Browser,
  args: readonly string[],
  { width, colorScheme, hash, isScripted, ...options }: OpenOptions = {},
): Promise<OpenReport> {
  const path = join(temporaryDirectory(), "report.html");
  const { stderr } = await run(["check", "--reporter", `html=${path}`, ...args], options);
  if (stderr !== "") throw new Error(stderr);
  return openPage(browser, path, { width, colorScheme, hash, isScripted });
}

/** Writes the page of `stats` with these arguments and opens it. */
export async function openStatistics(
  browser: Browser,
  args: readonly string[],
  { expectedStderr = /^$/, ...options }: PageOptions & { readonly expectedStderr?: RegExp } = {},
): Promise<OpenReport> {
  const path = join(temporaryDirectory(), "stats.html");
  const { stdout, stderr } = await run(["stats", "--format", "html", ...args]);
  if (!expectedStderr.test(stderr)) throw new Error(stderr);
  writeFileSync(path, stdout);
  return openPage(browser, path, options);
}

async function openPage(
  browser: Browser,
  path: string,
  { width = 1280, colorScheme = "light", hash = "", isScripted = true }: PageOptions,
): Promise<OpenReport> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: isScripted });
  onTestFinished(() => page.close());
  const problems: string[] = [];
  const address = pathToFileURL(path).href;
  page.on("console", (message) => problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) problems.push(`request: ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address + hash);
  await page.waitForSelector(isScripted ? ".page" : "#app");
  return { page, problems, path, sizeBytes: statSync(path).size };
}
