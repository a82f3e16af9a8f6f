// Renders the man page in the macros of man(7), from the same values as `--help`.
import metadata from "../../../package.json" with { type: "json" };
import { colorSources } from "../../terminal/color.ts";
import { commandName } from "../command-name.ts";
import type { Example, HelpSection, NamedCommand } from "../command.ts";
import { type CommandOption, flagsOf } from "../options/option.ts";
import { capitalized, groupsOf, sectionsOf, summaryOf, usageOf } from "./help.ts";
import { roffBold, roffLines, roffText } from "./roff.ts";

/** The page for these commands, the program first. */
export async function manPage(commands: readonly NamedCommand[]): Promise<string> {
  const [program, ...others] = commands;
  if (program === undefined) return "";
  const { name, summary } = program;
  const known = new Set<CommandOption>();
  const shown = new Set<HelpSection>();
  const parts = [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${metadata.version}" "User Commands"`,
    ".SH NAME",
    `${roffText(name)} \\- inspect and check LLM streams`,
    ".SH SYNOPSIS",
    ...commands.flatMap((command, index) => [...(index === 0 ? [] : [".br"]), synopsis(command)]),
    ".SH DESCRIPTION",
    roffText(`${summary} Without a source, standard input is read.`),
    ".SH OPTIONS",
    ...optionParts(program, known),
    ...sectionParts(await sectionsOf(program), ".SH", shown),
    ".SH COMMANDS",
  ];
  for (const command of others) {
    parts.push(
      `.SS ${roffBold(command.name)}`,
      roffText(sentence(command.summary)),
      ...command.definition.operands.flatMap(({ form, summary }) => [
        ".TP",
        roffText(form),
        roffText(sentence(summary)),
      ]),
      ...optionParts(command, known),
      ...sectionParts(await sectionsOf(command), ".PP", shown),
      ...exampleParts(command.definition.examples()),
    );
  }
  return [
    ...parts,
    ".SH ENVIRONMENT",
    ".TP",
    roffBold(colorSources.flatMap(([source]) => (/^[A-Z_]+$/.test(source) ? source : [])).join(", ")),
    "See COLORS.",
    ...OTHER_VARIABLES.flatMap(([variable, meaning]) => [".TP", roffBold(variable), roffText(meaning)]),
    ".SH FILES",
    ...FILES.flatMap(([file, meaning]) => [".TP", roffBold(file), roffText(meaning)]),
    ".SH EXAMPLES",
    ...exampleParts(program.definition.examples()),
    "",
  ].join("\n");
}

const OTHER_VARIABLES = [
  ["HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "Proxies for URLs, and hosts without one; also in lower case."],
  ["GITHUB_STEP_SUMMARY", "The file to which the github reporter of check appends a job summary."],
] as const;

const FILES = [
  ["ssescope.config.json", "The config of check: the nearest one, in this folder or above."],
  ["FILE.timing", "The times of the capture FILE, written by --record and read with FILE."],
] as const;

function synopsis(command: NamedCommand): string {
  const words = usageOf(command).slice(command.name.length);
  return `${roffBold(command.name)}${roffText(words)}`;
}

/** The options of a command by heading; options `known` from another command are only named. */
function optionParts(command: NamedCommand, known: Set<CommandOption>): string[] {
  const isProgram = commandName(command) === "";
  const groups = groupsOf(isProgram ? command : { ...command, general: [] });
  const parts = groups.flatMap(({ title, options }) => {
    const fresh = options.filter((option) => !known.has(option));
    if (fresh.length === 0) return [];
    return [...(isProgram ? [`.SS ${roffText(title)}`] : []), ...fresh.flatMap(optionPart)];
  });
  const again = groups.flatMap(({ options }) => options).filter((option) => known.has(option));
  for (const { options } of groups) for (const option of options) known.add(option);
  const names = again.map(({ name }) => roffBold(`--${name}`)).join(", ");
  return again.length === 0 ? parts : [...parts, ".PP", `As above: ${names}.`];
}

function optionPart(option: CommandOption): string[] {
  const { name, details, choices = [], negation } = option;
  return [
    ".TP",
    roffBold(flagsOf(option)),
    roffText(sentence(summaryOf(option))),
    ...(details === undefined ? [] : [roffText(details())]),
    ...choices.flatMap(({ name, title }) => [
      ".br",
      title === undefined ? roffBold(name) : `${roffBold(name)}: ${roffText(title)}`,
    ]),
    ...(negation === undefined ? [] : [".TP", roffBold(`--no-${name}`), roffText(sentence(negation))]),
  ];
}

/** Sections under a heading, without those already `shown`. A heading in capitals is short. */
function sectionParts(sections: readonly HelpSection[], macro: ".SH" | ".PP", shown: Set<HelpSection>): string[] {
  const fresh = sections.filter((section) => !shown.has(section));
  for (const section of fresh) shown.add(section);
  return fresh.flatMap((section) => sectionPart(section, macro));
}

function sectionPart({ title, text, rows = [] }: HelpSection, macro: ".SH" | ".PP"): string[] {
  const [, short = title, more] = /^(.*?) \((.*)\)$/.exec(title) ?? [];
  const heading = macro === ".SH" ? [`.SH ${roffText(short.toUpperCase())}`] : [".PP", roffBold(short), ".br"];
  const introduction = [more === undefined ? null : sentence(more), text ?? null].filter((part) => part !== null);
  return heading.concat(
    introduction.map(roffText),
    rows.flatMap(([term, meaning]) => [".TP", roffBold(term.trim().replaceAll(/ +/g, " ")), roffText(meaning)]),
  );
}

function exampleParts(examples: readonly Example[]): string[] {
  return examples.flatMap(({ command, meaning }) => [
    ".PP",
    roffText(sentence(meaning)),
    ".PP",
    ".nf",
    ".RS 4",
    roffLines(command),
    ".RE",
    ".fi",
  ]);
}

function sentence(words: string): string {
  const begun = capitalized(words);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
