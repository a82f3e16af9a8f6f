// Completions of fish: https://fishshell.com/docs/current/cmds/complete.html
import type { Completed, CompletedCommand, CompletedOption, Shell } from "./shell.ts";

export const fish: Shell = {
  name: "fish",
  install: "ssescope completions fish | source",
  script(commands) {
    const others = commands.filter(({ name }) => name !== "");
    const values = valueFunctions(commands);
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
${[...values].map(([body, name]) => `function ${name}\n${body}\nend`).join("\n")}
# URLs are left alone.
complete -c ssescope -n 'string match -q "*://*" -- (commandline -ct)' -f
${others.map(({ name, summary }) => `complete -c ssescope -n __ssescope_is_first -a ${name} -d ${quote(summary)}`).join("\n")}
${commands.flatMap((command) => linesOf(command, values)).join("\n")}
`;
  },
};

/** The names of functions, by their bodies. */
type Functions = ReadonlyMap<string, string>;

/** A function for each value with completions after `=`. */
function valueFunctions(commands: readonly CompletedCommand[]): Functions {
  const functions = new Map<string, string>();
  for (const { options } of commands) {
    for (const { flags, completes } of options) {
      const body = bodyOf(completes);
      const name = `__ssescope${flags.at(-1)?.slice(1).replaceAll("-", "_")}`;
      if (completes.after.length > 0 && !functions.has(body)) functions.set(body, name);
    }
  }
  return functions;
}

/** Prints whole values, such as `junit=report.xml`. */
function bodyOf({ after }: Completed): string {
  const branches = after.map(({ of, words, hasPaths }) => {
    const candidates = hasPaths ? `(complete -C "'' $parts[2]")` : words.join(" ");
    return `        case ${of?.join(" ") ?? "'*'"}
            string replace -r '^' "$parts[1]=" -- ${candidates}`;
  });
  return `    set -l value (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    set -l parts (string split -m 1 = -- $value)
    test (count $parts) -eq 2; or return
    switch $parts[1]
${branches.join("\n")}
    end`;
}

function linesOf({ name, options, operands }: CompletedCommand, values: Functions): string[] {
  const start = `complete -c ssescope -n '__ssescope_is "${name}"'`;
  const words = operands.words.length === 0 ? "" : ` -a ${quote(operands.words.join(" "))}`;
  return [
    ...(operands.hasPaths ? [] : [`${start} -f${words}`]),
    ...options.map((option) => `${start}${flagsOf(option)}${valueOf(option, values)} -d ${quote(option.summary)}`),
  ];
}

function flagsOf({ flags }: CompletedOption): string {
  return flags.map((flag) => (flag.startsWith("--") ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join("");
}

/** fish has no optional values, so an option with one is a switch there. */
function valueOf({ value, isValueOptional, completes }: CompletedOption, values: Functions): string {
  if (value === null || isValueOptional) return "";
  const candidates = [...completes.words];
  if (completes.after.length > 0) candidates.push(`(${values.get(bodyOf(completes)) ?? "true"})`);
  return `${completes.hasPaths ? " -r -F" : " -x"}${candidates.length === 0 ? "" : ` -a ${quote(candidates.join(" "))}`}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
