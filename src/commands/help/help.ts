// What `-h` and `--help` print, made of the values of a command and its options.
import type { Example, HelpSection, NamedCommand } from "../command.ts";
import { categories } from "../options/categories.ts";
import { help } from "../options/general.ts";
import { type CommandOption, flagsOf, notesOf } from "../options/option.ts";
import { createLayout, type Layout, type Rows, widthOf } from "./layout.ts";

/** Columns from the left of what `--help` says of an option. */
const INDENT = 6;
/** Examples that `-h` shows. */
const FEW_EXAMPLES = 3;

/** `-h`: a line for each option. */
export function shortHelp(command: NamedCommand, columns: number): string {
  const { definition } = command;
  const layout = createLayout(columns);
  const operands = operandRows(command);
  const groups = groupsOf(command).map(({ title, options }) => ({ title, rows: options.flatMap(rowsOf) }));
  const commands = command.commands.map(({ name, summary }) => [name, summary] as const);
  const width = widthOf(groups.flatMap(({ rows }) => rows));
  return blocks([
    ...opening(command, layout),
    ...titled("Arguments", operands, layout),
    ...titled("Commands", commands, layout),
    ...groups.flatMap(({ title, rows }) => titled(title, rows, layout, width)),
    ...exampleBlock(definition.examples().slice(0, FEW_EXAMPLES), layout),
    layout.paragraph(`${command.name} --${help.name} explains every option.`),
  ]);
}

/** `--help`: everything. */
export async function longHelp(command: NamedCommand, columns: number): Promise<string> {
  const { definition } = command;
  const layout = createLayout(columns);
  const commands = command.commands.map(({ name, summary }) => [name, summary] as const);
  const sections = (await definition.sections?.()) ?? [];
  return blocks([
    ...opening(command, layout),
    ...titled("Arguments", operandRows(command), layout),
    ...titled("Commands", commands, layout),
    ...groupsOf(command).map(
      ({ title, options }) => `${title}:\n${options.flatMap((option) => explain(option, layout)).join("\n\n")}`,
    ),
    ...sections.map((section) => sectionBlock(section, layout)),
    ...exampleBlock(definition.examples(), layout),
  ]);
}

function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

function opening({ name, summary, definition, commands }: NamedCommand, layout: Layout): string[] {
  const forms = definition.operands.map(({ form }) => form);
  const usage = [name, "[options]", ...(commands.length === 0 ? [] : ["[command]"]), ...forms].join(" ");
  return [layout.paragraph(`Usage: ${usage}`), layout.paragraph(summary)];
}

function operandRows({ definition }: NamedCommand): Rows {
  return definition.operands.map(({ form, summary }) => [form, summary]);
}

/** The options under their headings; headings without options are left out. */
export function groupsOf({ definition, general }: NamedCommand): { title: string; options: CommandOption[] }[] {
  const all = [...definition.options, ...general];
  return categories
    .map(({ name, title }) => ({ title, options: all.filter(({ category }) => category === name) }))
    .filter(({ options }) => options.length > 0);
}

/** An option, and its negation if there is one, as a row each. */
function rowsOf(option: CommandOption): Rows {
  const summary = summaryOf(option);
  const { name, negation } = option;
  const rows = [[flagsOf(option), summary] as const];
  return negation === undefined ? rows : [...rows, [`--no-${name}`, negation]];
}

/** The summary with its notes. */
export function summaryOf(option: CommandOption): string {
  return [option.summary, notesOf(option)].filter((part) => part !== "").join(" ");
}

/** An option, and its negation if there is one, as a block each. */
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

function titled(title: string, rows: Rows, layout: Layout, termWidth = widthOf(rows)): string[] {
  return rows.length === 0 ? [] : [`${title}:\n${layout.list(rows, 2, termWidth)}`];
}

function sectionBlock({ title, text, rows = [] }: HelpSection, layout: Layout): string {
  const parts = [
    layout.paragraph(`${title}:`),
    ...(text === undefined ? [] : [layout.paragraph(text, 2)]),
    ...(rows.length === 0 ? [] : [layout.list(rows)]),
  ];
  return parts.join("\n");
}

function exampleBlock(examples: readonly Example[], layout: Layout): string[] {
  if (examples.length === 0) return [];
  const shown = examples.map(({ command, meaning }) => {
    const lines = command.split("\n").map((line) => `  ${line}`);
    return `${layout.paragraph(`# ${meaning}`, 2)}\n${lines.join("\n")}`;
  });
  return [`Examples:\n${shown.join("\n")}`];
}
