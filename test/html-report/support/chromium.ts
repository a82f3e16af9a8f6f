// The path of headless Chromium: SSESCOPE_CHROMIUM, which CI sets, or a usual place. Without it its tests are skipped.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const given = process.env.SSESCOPE_CHROMIUM;
if (given !== undefined && given !== "" && !existsSync(given)) {
  throw new Error(`SSESCOPE_CHROMIUM is not a file: ${given}`);
}

const path = given || USUAL.find((usual) => existsSync(usual));

/** Whether Chromium is available. */
export const hasChromium = path !== undefined;

/** A browser for the tests of one file; must be called outside of tests. */
export function useBrowser(): () => Browser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    if (path === undefined) return;
    // Containers run as root and have little shared memory.
    browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  });
  afterAll(async () => browser?.close());
  return () => {
    if (browser === null) throw new Error("there is no browser");
    return browser;
  };
}
