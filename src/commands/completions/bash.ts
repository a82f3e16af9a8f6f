// Completions of bash, 3.2 and later: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
import type { Completed, CompletedCommand, Shell } from "./shell.ts";

export const bash: Shell = {
  name: "bash",
  install: "source <(ssescope completions bash)",
  script(commands) {
    const names = commands.map(({ name }) => name).filter((name) => name !== "");
    return `# bash completions of ssescope; in ~/.bashrc: source <(ssescope completions bash)
_ssescope() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= options= words= paths= candidate
  COMPREPLY=()
  # bash splits words at =, so that --format=text is three.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = && $COMP_CWORD -gt 1 ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -gt 1 ]]; then
    case \${COMP_WORDS[1]} in ${names.join(" | ")}) command=\${COMP_WORDS[1]} ;; esac
  fi
  case "$command $previous" in
${valueBranches(commands).join("\n")}
  *)
    case "$command" in
${commands.map(operandBranch).join("\n")}
    esac
    [[ $COMP_CWORD -eq 1 ]] && words="${names.join(" ")} $words"
    [[ $current == -* ]] && words=$options paths=
    ;;
  esac
  while IFS= read -r candidate; do
    COMPREPLY+=("$candidate")
  done < <(compgen -W "$words" -- "$current"; [[ $paths ]] && compgen -f -- "$current")
  # compopt is missing in bash 3.2.
  [[ $paths ]] && compopt -o filenames 2>/dev/null
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[=.] ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _ssescope ssescope
`;
  },
};

/** What is offered after an option that has a value: a branch for all options with the same words. */
function valueBranches(commands: readonly CompletedCommand[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, options } of commands) {
    for (const { flags, value, isValueOptional, completes } of options) {
      if (value === null || isValueOptional) continue;
      const offered = assignments(completes);
      const same = patterns.get(offered) ?? [];
      patterns.set(offered, [...same, ...flags.map((flag) => `"${name} ${flag}"`)]);
    }
  }
  return [...patterns].map(([offered, options]) => `  ${options.join(" | ")})\n    ${offered}\n    ;;`);
}

function operandBranch({ name, options, operands }: CompletedCommand): string {
  const flags = options.flatMap((option) => option.flags);
  return `    "${name}") options="${flags.join(" ")}" ${assignments(operands)} ;;`;
}

function assignments({ words, hasPaths }: Completed): string {
  return [`words="${words.join(" ")}"`, ...(hasPaths ? ["paths=yes"] : [])].join(" ");
}
