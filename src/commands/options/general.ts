// Options that commander itself acts on.
import type { CommandOption } from "./option.ts";

export const help = {
  name: "help",
  short: "h",
  category: "general",
  summary: "print help: -h in short, --help in full",
} as const satisfies CommandOption;

export const version = {
  name: "version",
  short: "V",
  category: "general",
  summary: "print the version",
} as const satisfies CommandOption;

/** Of the program itself. */
export const programOptions = [help, version] as const;
/** Of the commands beside the default one. */
export const commandOptions = [help] as const;
