// Completions of zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html, "_arguments"
import type { Completed, CompletedCommand, CompletedOption, Shell } from "./shell.ts";

export const zsh: Shell = {
  name: "zsh",
  install: "source <(ssescope completions zsh)",
  script(commands) {
    const others = commands.filter(({ name }) => name !== "");
    const values = valueFunctions(commands);
    return `#compdef ssescope
# zsh completions of ssescope; in ~/.zshrc, after compinit: source <(ssescope completions zsh)
_ssescope_first() {
  local -a commands=(
${others.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join("\n")}
  )
  _describe -t commands command commands
  _ssescope_sources
}
_ssescope_sources() {
  # URLs are left alone.
  [[ $PREFIX == *://* ]] || _files
}
${[...values].map(([body, name]) => `${name}() {\n${body}\n}`).join("\n")}
_ssescope() {
  local command=
  if (( CURRENT > 2 )); then
    case $words[2] in
    (${others.map(({ name }) => name).join("|")}) command=$words[2]; shift words; (( CURRENT-- )) ;;
    esac
  fi
  case $command in
${commands.map((command) => branchOf(command, values)).join("\n")}
  esac
}
# The file is the function where it is autoloaded, and defines it where it is sourced.
if [[ $funcstack[1] == _ssescope ]]; then _ssescope "$@"; else compdef _ssescope ssescope; fi
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
      if (completes.after.length > 0 && !functions.has(body)) functions.set(body, `_ssescope${flags.at(-1)?.slice(1)}`);
    }
  }
  return functions;
}

function bodyOf({ words, after }: Completed): string {
  const branches = after.map(({ of, words, hasPaths }) => {
    const pattern = of === null ? "(*)" : `(${of.flatMap((word) => [`${word}=`, `*=${word}=`]).join("|")})`;
    return `    ${pattern} ${hasPaths ? "_files" : `compadd -- ${words.join(" ")}`} ;;`;
  });
  return `  if compset -P 1 '*='; then
    case $IPREFIX in
${branches.join("\n")}
    esac
  else
    compadd -S '' -- ${words.join(" ")}
  fi`;
}

function branchOf({ name, options, operands }: CompletedCommand, values: Functions): string {
  const first = name === "" ? [quote("1: :_ssescope_first")] : [];
  const specs = [
    ...options.flatMap((option) => specsOf(option, values)),
    ...first,
    quote(`*:argument:${operands.hasPaths ? "_ssescope_sources" : actionOf(operands, values)}`),
  ];
  return `  (${name === "" ? '""' : name})\n    _arguments -s -S : \\\n${specs.map((spec) => `      ${spec}`).join(" \\\n")}\n    ;;`;
}

/** One specification per flag: `(-f --format)-f+[summary]:format:(text events)`. */
function specsOf(option: CompletedOption, values: Functions): string[] {
  const { flags, summary, value, isValueOptional, isRepeatable, completes } = option;
  const prefix = isRepeatable ? "*" : `(${flags.join(" ")})`;
  const argument = value === null ? "" : `${isValueOptional ? "::" : ":"}${value}:${actionOf(completes, values)}`;
  return flags.map((flag) => {
    const isLong = flag.startsWith("--");
    const equals = isValueOptional ? "=-" : isLong ? "=" : "+";
    return quote(
      `${prefix}${flag}${value === null ? "" : equals}[${summary.replaceAll(/[\\[\]]/g, "\\$&")}]${argument}`,
    );
  });
}

function actionOf(completed: Completed, values: Functions): string {
  const { words, hasPaths, after } = completed;
  if (hasPaths) return "_files";
  if (words.length === 0) return " ";
  if (after.length > 0) return values.get(bodyOf(completed)) ?? " ";
  // A prefix is completed without a space.
  return words.every((word) => !word.endsWith("=")) ? `(${words.join(" ")})` : `{compadd -S "" -- ${words.join(" ")}}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
