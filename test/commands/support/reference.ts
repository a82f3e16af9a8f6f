// Generates the reference of all commands and options, in Markdown, from their values.
import { groupsOf, summaryOf } from "../../../src/commands/help/help.ts";
import type { NamedCommand } from "../../../src/commands/command.ts";
import { type CommandOption, flagsOf } from "../../../src/commands/options/option.ts";
import { allCommands } from "./all-commands.ts";

const INTRODUCTION =
  "`ssescope -h` shows the usual options, `ssescope --help` explains all, and `ssescope help` lists commands and " +
  "topics. `ssescope man` prints the man page, and `ssescope completions bash` completes options (also zsh and " +
  "fish). All of these, and this page, are generated from the values in [options](options); `npm run generate` " +
  "updates the page.";

export function renderReference(): string {
  const shown = new Map<CommandOption, string>();
  return `${["# Commands and options", INTRODUCTION, ...allCommands.flatMap((command) => render(command, shown))].join("\n\n")}\n`;
}

/** A command. Options that were already `shown` with another command are only named, with that command. */
function render(command: NamedCommand, shown: Map<CommandOption, string>): string[] {
  const { name, summary, definition } = command;
  const usage = [name, "[options]", ...definition.operands.map(({ form }) => form)].join(" ");
  const groups = groupsOf(command).map(({ title, options }) => ({
    title,
    options: options.filter((option) => !shown.has(option)),
  }));
  const known = groupsOf({ ...command, general: [] }).flatMap(({ options }) =>
    options.filter((option) => shown.has(option)),
  );
  const owners = new Map<string, string[]>();
  for (const option of known) {
    const owner = shown.get(option) ?? name;
    owners.set(owner, [...(owners.get(owner) ?? []), `\`--${option.name}\``]);
  }
  for (const { options } of groups) for (const option of options) shown.set(option, name);
  return [
    `## ${name}`,
    sentence(summary.charAt(0).toUpperCase() + summary.slice(1)),
    `    ${usage}`,
    ...(definition.operands.length === 0
      ? []
      : [definition.operands.map(({ form, summary }) => `- \`${form}\`: ${escape(summary)}`).join("\n")]),
    ...groups
      .filter(({ options }) => options.length > 0)
      .flatMap(({ title, options }) => [`### ${title}`, options.map(renderOption).join("\n")]),
    ...(known.length === 0
      ? []
      : ["### More", ...Array.from(owners, ([owner, options]) => `${options.join(", ")}: as for ${owner}.`)]),
  ];
}

function renderOption(option: CommandOption): string {
  const { name, details, choices = [], negation } = option;
  const more = details === undefined ? "" : ` ${escape(details())}`;
  const values = choices.map(({ name, title }) => `  - \`${name}\`${title === undefined ? "" : `: ${escape(title)}`}`);
  return [
    `- \`${flagsOf(option)}\`: ${sentence(summaryOf(option))}${more}`,
    ...values,
    ...(negation === undefined ? [] : [`- \`--no-${name}\`: ${sentence(negation)}`]),
  ].join("\n");
}

function sentence(text: string): string {
  return escape(/[.!?]$/.test(text) ? text : `${text}.`);
}

/** Escapes characters that have a meaning in Markdown. */
function escape(text: string): string {
  return text.replaceAll(/[\\`*<>[\]]/g, "\\$&");
}
