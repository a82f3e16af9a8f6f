// The syntax of durations in options, expectations and the config file.
import type { HelpSection } from "../command.ts";
import type { CommandOption } from "../options/option.ts";

/** The name in help for a value that is a duration. */
const DURATION_VALUE = "<duration>";

export const durationSection: HelpSection = {
  title: "Durations",
  text:
    "A duration is a number and a unit: 500ms, 2s, 1.5m, 1h. Without a unit it is in seconds, as in curl. The syntax " +
    "is the same in options, expectations and the config file.",
};

/** Whether one of the options takes a duration. */
export function takesDurations(options: readonly CommandOption[]): boolean {
  return options.some(({ value }) => value === DURATION_VALUE);
}
