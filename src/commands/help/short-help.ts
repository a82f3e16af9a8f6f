// Renders `-h` as one page: usage, commands, the usual options, and as many examples as fit.
import type { Example, NamedCommand } from "../command.ts";
import { help } from "../options/general.ts";
import { flagsOf } from "../options/option.ts";
import { blocks, capitalized, exampleBlock, rowsOf, summaryOf, titled, usageOf } from "./help.ts";
import type { Layout, Rows } from "./layout.ts";

/** Lines of the page, which fit on a small terminal. */
const MOST_LINES = 25;
const MOST_EXAMPLES = 4;

export function shortHelp(command: NamedCommand, layout: Layout): string {
  const { name, summary, definition, commands } = command;
  const usage = `Usage: ${usageOf(command)}`;
  const { options, usualOptions } = definition;
  const isAll = usualOptions === undefined;
  const rows = isAll ? [...options, ...command.general].flatMap(rowsOf) : usualRows(command, usualOptions);
  const operands = definition.operands.map(({ form, summary }) => [form, summary] as const);
  const shownCommands = commands
    .filter(({ isMinor }) => isMinor !== true)
    .map(({ name, summary }) => [name, summary] as const);
  const isProgram = commands.length > 0;
  const parts = [
    `${layout.paragraph(usage)}\n${layout.paragraph(capitalized(isProgram ? SHORT_SUMMARY : summary))}`,
    ...(isProgram ? titled(COMMANDS_TITLE, shownCommands, layout) : titled("Arguments", operands, layout)),
    ...titled(isAll ? "Options" : `Options (all: ${name} --${help.name})`, rows, layout),
  ];
  return withExamples(parts, definition.examples().slice(0, MOST_EXAMPLES), layout);
}

/** The program's summary; the full one is longer than a line. */
const SHORT_SUMMARY = "reads LLM streams from files, pipes and URLs; shows how they ended";
const COMMANDS_TITLE = "Commands (more: ssescope help)";

/** The usual options of the command, and help; without negations. */
function usualRows({ definition }: NamedCommand, names: readonly string[]): Rows {
  const named = names.flatMap((name) => definition.options.find((option) => option.name === name) ?? []);
  return [...named, help].map((option) => [flagsOf(option), summaryOf(option)]);
}

/** The page with as many examples as fit, at least one. */
function withExamples(parts: readonly string[], examples: readonly Example[], layout: Layout): string {
  for (let count = examples.length; count > 1; count -= 1) {
    const page = blocks([...parts, ...shownExamples(examples.slice(0, count), layout)]);
    if (page.trimEnd().split("\n").length <= MOST_LINES) return page;
  }
  return blocks([...parts, ...shownExamples(examples.slice(0, 1), layout)]);
}

/** One line per example if there is room, otherwise the command below its meaning. */
function shownExamples(examples: readonly Example[], layout: Layout): string[] {
  const rows: Rows = examples.map(({ command, meaning }) => [command, `# ${meaning}`]);
  const start = 2 + layout.widthOf(rows) + 2;
  const isOneLineEach = rows.every(
    ([command, meaning]) => !command.includes("\n") && start + layout.columnsOf(meaning) <= layout.columns,
  );
  return isOneLineEach ? titled("Examples", rows, layout) : exampleBlock(examples, layout);
}
