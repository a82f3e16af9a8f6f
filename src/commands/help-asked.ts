// A request for help: it ends the running command, then the code that prints help is loaded.
import type { ColorMode } from "../terminal/color.ts";
import type { NamedCommand } from "./command.ts";

/** Thrown to print help instead of running a command. Users never see it as an error. */
export class HelpAsked extends Error {
  readonly command: NamedCommand;
  readonly color: ColorMode;

  constructor(command: NamedCommand, color: ColorMode) {
    super(`help for ${command.name}`);
    this.command = command;
    this.color = color;
  }
}
