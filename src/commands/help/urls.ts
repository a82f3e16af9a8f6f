// Requests and time limits of live streams, for `ssescope help url`.
import type { HelpSection } from "../command.ts";
import { categories, type Category } from "../options/categories.ts";
import { streamOptions } from "../options/stream.ts";

const CATEGORIES: ReadonlySet<Category> = new Set(["request", "network", "retries"]);

export const urlSections: readonly HelpSection[] = [
  {
    title: "Sources that are URLs",
    text:
      "A source that begins with http:// or https:// is requested; ws:// or wss:// opens a WebSocket. The response " +
      "is read as it arrives. Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY. Keys of --bearer-env and " +
      "--header-env appear in no output.",
  },
  ...categories
    .filter(({ name }) => CATEGORIES.has(name))
    .map(({ name, title }): HelpSection => ({
      title,
      options: streamOptions.filter(({ category }) => category === name),
    })),
];
