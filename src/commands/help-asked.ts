// How help is asked for: what runs is left, and what prints help is loaded after that.
import type { ColorMode } from "../terminal/color.ts";
import type { NamedCommand } from "./command.ts";

/** Thrown to print help in place of running a command. Not an error to the user. */
export class HelpAsked extends Error {
  readonly command: NamedCommand;
  readonly color: ColorMode;

  constructor(command: NamedCommand, color: ColorMode) {
    super(`help for ${command.name}`);
    this.command = command;
    this.color = color;
  }
}
