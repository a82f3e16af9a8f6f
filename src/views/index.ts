// The formats of `--format`.
import { events } from "./events.ts";
import { facts } from "./facts.ts";
import { raw } from "./raw.ts";
import { report } from "./report.ts";
import { text } from "./text.ts";
import type { View } from "./view.ts";
import { wire } from "./wire.ts";

/** In `--help` order; the first is the default. */
export const views = [text, events, wire, facts, report, raw] as const satisfies readonly View[];
