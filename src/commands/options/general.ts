// Options that commander itself handles.
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

/** The program's own. */
export const programOptions = [help, version] as const;
/** Of every command except the default one. */
export const commandOptions = [help] as const;
