// What decides on colours, for `ssescope --help`.
import { colorSources } from "../../terminal/color.ts";
import type { HelpSection } from "../command.ts";

export const colorSection: HelpSection = {
  title: "Colors (the first that says something decides)",
  rows: colorSources,
};
