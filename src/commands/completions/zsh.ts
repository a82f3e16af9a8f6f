// Completions of zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html, "_arguments"
import type { Completed, CompletedCommand, CompletedOption, Shell } from "./shell.ts";

export const zsh: Shell = {
  name: "zsh",
  install: "source <(ssescope completions zsh)",
  script(commands) {
    const others = commands.filter(({ name }) => name !== "");
    return `#compdef ssescope
# zsh completions of ssescope; in ~/.zshrc, after compinit: source <(ssescope completions zsh)
_ssescope_first() {
  local -a commands=(
${others.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join("\n")}
  )
  _describe -t commands command commands
  _files
}
_ssescope() {
  local command=
  if (( CURRENT > 2 )); then
    case $words[2] in
    (${others.map(({ name }) => name).join("|")}) command=$words[2]; shift words; (( CURRENT-- )) ;;
    esac
  fi
  case $command in
${commands.map(branchOf).join("\n")}
  esac
}
# The file is the function where it is autoloaded, and defines it where it is sourced.
if [[ $funcstack[1] == _ssescope ]]; then _ssescope "$@"; else compdef _ssescope ssescope; fi
`;
  },
};

function branchOf({ name, options, operands }: CompletedCommand): string {
  const first = name === "" ? [quote("1: :_ssescope_first")] : [];
  const specs = [...options.flatMap(specsOf), ...first, quote(`*:argument:${actionOf(operands)}`)];
  return `  (${name === "" ? '""' : name})\n    _arguments -s -S : \\\n${specs.map((spec) => `      ${spec}`).join(" \\\n")}\n    ;;`;
}

/** One for each of its flags: `(-f --format)-f+[summary]:format:(text events)`. */
function specsOf({ flags, summary, value, isValueOptional, isRepeatable, completes }: CompletedOption): string[] {
  const prefix = isRepeatable ? "*" : `(${flags.join(" ")})`;
  const argument = value === null ? "" : `${isValueOptional ? "::" : ":"}${value}:${actionOf(completes)}`;
  return flags.map((flag) => {
    const isLong = flag.startsWith("--");
    const equals = isValueOptional ? "=-" : isLong ? "=" : "+";
    return quote(
      `${prefix}${flag}${value === null ? "" : equals}[${summary.replaceAll(/[\\[\]]/g, "\\$&")}]${argument}`,
    );
  });
}

function actionOf({ words, hasPaths }: Completed): string {
  if (hasPaths) return "_files";
  if (words.length === 0) return " ";
  // A beginning is completed without a space.
  return words.every((word) => !word.endsWith("=")) ? `(${words.join(" ")})` : `{compadd -S "" -- ${words.join(" ")}}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
