// The rules for colors, for `ssescope --help`.
import { colorSources } from "../../terminal/color.ts";
import type { HelpSection } from "../command.ts";

export const colorSection: HelpSection = {
  title: "Colors (the first rule that applies decides)",
  rows: colorSources,
};
