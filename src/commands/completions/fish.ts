// Completions of fish: https://fishshell.com/docs/current/cmds/complete.html
import type { Completed, CompletedCommand, CompletedOption, Shell } from "./shell.ts";

export const fish: Shell = {
  name: "fish",
  install: "ssescope completions fish | source",
  script(commands) {
    const others = commands.filter(({ name }) => name !== "");
    return `# fish completions of ssescope; in ~/.config/fish/config.fish: ssescope completions fish | source
function __ssescope_is -a command
    set -l words (commandline -opc)
    set -l found ""
    if set -q words[2]; and contains -- $words[2] ${others.map(({ name }) => name).join(" ")}
        set found $words[2]
    end
    test "$found" = "$command"
end
function __ssescope_is_first
    test (count (commandline -opc)) -eq 1
end
${others.map(({ name, summary }) => `complete -c ssescope -n __ssescope_is_first -a ${name} -d ${quote(summary)}`).join("\n")}
${commands.flatMap(linesOf).join("\n")}
`;
  },
};

function linesOf({ name, options, operands }: CompletedCommand): string[] {
  const start = `complete -c ssescope -n '__ssescope_is "${name}"'`;
  const words = operands.words.length === 0 ? "" : ` -a ${quote(operands.words.join(" "))}`;
  return [
    ...(operands.hasPaths ? [] : [`${start} -f${words}`]),
    ...options.map((option) => `${start}${flagsOf(option)}${valueOf(option)} -d ${quote(option.summary)}`),
  ];
}

function flagsOf({ flags }: CompletedOption): string {
  return flags.map((flag) => (flag.startsWith("--") ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join("");
}

/** fish knows no values that may be left out: such an option is a switch to it. */
function valueOf({ value, isValueOptional, completes }: CompletedOption): string {
  if (value === null || isValueOptional) return "";
  return `${completes.hasPaths ? " -r -F" : " -x"}${wordsOf(completes)}`;
}

function wordsOf({ words }: Completed): string {
  return words.length === 0 ? "" : ` -a ${quote(words.join(" "))}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
