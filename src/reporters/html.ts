import type { Reporter } from "./reporter.ts";

/** A page for a browser. What it is made of is loaded only if it is asked for. */
export const html: Reporter = {
  name: "html",
  title: "a self-contained page: every stream, event by event",
  create: async (page, options) => (await import("./html-page.ts")).createHtml(page, options),
};
