import type { Reporter } from "./reporter.ts";

/** A page for a browser. Its code is loaded only if it is requested. */
export const html: Reporter = {
  name: "html",
  extension: "html",
  title: "a self-contained page: every stream, event by event",
  create: async (page, options) => (await import("./html-page.ts")).createHtml(page, options),
};
