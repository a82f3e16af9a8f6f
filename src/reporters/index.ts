// The reporters of `--reporter`.
import { exchanges } from "./exchanges.ts";
import { github } from "./github.ts";
import { html } from "./html.ts";
import { human } from "./human.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import type { Reporter } from "./reporter.ts";
import { rows } from "./rows.ts";
import { sarif } from "./sarif.ts";
import { table } from "./table.ts";
import { unix } from "./unix.ts";

/** In the order of `--help`; the first is the default. */
export const reporters = [
  human,
  table,
  exchanges,
  json,
  ndjson,
  rows,
  github,
  markdown,
  junit,
  sarif,
  unix,
  html,
] as const satisfies readonly Reporter[];
