// The word that selects a command.
import type { NamedCommand } from "./command.ts";

/** `check` of `ssescope check`; empty for the default command. */
export function commandName({ name }: Pick<NamedCommand, "name">): string {
  return name.split(" ")[1] ?? "";
}
