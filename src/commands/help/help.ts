// Renders `--help` from the values of a command and its options.
import type { Example, HelpSection, NamedCommand } from "../command.ts";
import { categories } from "../options/categories.ts";
import { type CommandOption, flagsOf, notesOf } from "../options/option.ts";
import { durationSection, takesDurations } from "./durations.ts";
import type { Layout, Rows } from "./layout.ts";
import { topics } from "./topics.ts";

/** Indentation of an option's explanation in `--help`. */
const INDENT = 6;

/** `--help`: everything. */
export async function longHelp(command: NamedCommand, layout: Layout): Promise<string> {
  const { name, summary, definition, commands } = command;
  const groups = groupsOf(command);
  return blocks([
    [`Usage: ${usageOf(command)}`, ...(commands.length === 0 ? [] : [`       ${name} <command> [options] …`])]
      .map((line) => layout.paragraph(line))
      .join("\n"),
    layout.paragraph(capitalized(summary)),
    ...titled("Arguments", operandRows(command), layout),
    ...titled("Commands", commandRows(command), layout),
    ...(commands.length === 0 ? [] : topicBlock(layout)),
    ...groups.map(({ title, options }) => `${title}:\n${explainAll(options, layout)}`),
    ...(await sectionsOf(command)).map((section) => sectionBlock(section, layout)),
    ...exampleBlock(definition.examples(), layout),
  ]);
}

/** The parts of `--help` after the options. */
export async function sectionsOf({ definition }: NamedCommand): Promise<readonly HelpSection[]> {
  const sections = (await definition.sections?.()) ?? [];
  return takesDurations(definition.options) ? [durationSection, ...sections] : sections;
}

/** Sections by themselves: a topic. */
export function sectionsHelp(sections: readonly HelpSection[], layout: Layout): string {
  return blocks(sections.map((section) => sectionBlock(section, layout)));
}

/** `ssescope help`: lists commands and topics. */
export function overview(commands: readonly NamedCommand[], layout: Layout): string {
  return blocks([
    layout.paragraph("Usage: ssescope help <command or topic>"),
    ...titled("Commands", commands.flatMap(commandRows), layout),
    ...topicBlock(layout),
    layout.paragraph("ssescope -h is one page, ssescope --help everything."),
  ]);
}

export function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `ssescope check [options] [source...]` */
export function usageOf({ name, definition }: NamedCommand): string {
  return [name, "[options]", ...definition.operands.map(({ form }) => form)].join(" ");
}

function operandRows({ definition }: NamedCommand): Rows {
  return definition.operands.map(({ form, summary }) => [form, summary]);
}

function commandRows({ commands }: NamedCommand): Rows {
  return commands.map(({ name, summary }) => [name, summary]);
}

function topicBlock(layout: Layout): string[] {
  return titled(
    "Topics (ssescope help <topic>)",
    topics.map(({ name, summary }) => [name, summary]),
    layout,
  );
}

/** The options by heading, without empty headings. */
export function groupsOf({ definition, general }: NamedCommand): { title: string; options: CommandOption[] }[] {
  const all = [...definition.options, ...general];
  return categories
    .map(({ name, title }) => ({ title, options: all.filter(({ category }) => category === name) }))
    .filter(({ options }) => options.length > 0);
}

/** A row for an option, and one for its negation if there is one. */
export function rowsOf(option: CommandOption): Rows {
  const { name, negation } = option;
  const rows = [[flagsOf(option), summaryOf(option)] as const];
  return negation === undefined ? rows : [...rows, [`--no-${name}`, negation]];
}

/** The summary with its notes. */
export function summaryOf(option: CommandOption): string {
  return [option.summary, notesOf(option)].filter((part) => part !== "").join(" ");
}

function explainAll(options: readonly CommandOption[], layout: Layout): string {
  return options.flatMap((option) => explain(option, layout)).join("\n\n");
}

/** A block for an option, and one for its negation if there is one. */
function explain(option: CommandOption, layout: Layout): string[] {
  const { details, choices = [] } = option;
  const [, ...negation] = rowsOf(option);
  const titles = choices.filter(({ title }) => title !== undefined);
  const plain = choices.filter(({ title }) => title === undefined).map(({ name }) => name);
  const lines = [
    `  ${flagsOf(option)}`,
    layout.paragraph(summaryOf(option), INDENT),
    ...(details === undefined ? [] : [layout.paragraph(details(), INDENT)]),
    ...(plain.length === 0 ? [] : [layout.paragraph(`Values: ${plain.join(", ")}.`, INDENT)]),
    ...(titles.length === 0
      ? []
      : [
          layout.list(
            titles.map(({ name, title = "" }) => [name, title]),
            INDENT,
          ),
        ]),
  ];
  return [lines.join("\n"), ...negation.map(([term, meaning]) => `  ${term}\n${layout.paragraph(meaning, INDENT)}`)];
}

export function titled(title: string, rows: Rows, layout: Layout, termWidth = layout.widthOf(rows)): string[] {
  return rows.length === 0 ? [] : [`${title}:\n${layout.list(rows, 2, termWidth)}`];
}

function sectionBlock({ title, text, rows = [], options = [] }: HelpSection, layout: Layout): string {
  const parts = [
    layout.paragraph(`${title}:`),
    ...(text === undefined ? [] : [layout.paragraph(text, 2)]),
    ...(rows.length === 0 ? [] : [layout.list(rows)]),
    ...(options.length === 0 ? [] : [explainAll(options, layout)]),
  ];
  return parts.join("\n");
}

export function exampleBlock(examples: readonly Example[], layout: Layout): string[] {
  if (examples.length === 0) return [];
  const shown = examples.map(({ command, meaning }) => {
    const lines = command.split("\n").map((line) => `  ${line}`);
    return `${layout.paragraph(`# ${meaning}`, 2)}\n${lines.join("\n")}`;
  });
  return [`Examples:\n${shown.join("\n")}`];
}
