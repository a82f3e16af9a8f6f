// Completions of bash, 3.2 and later: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
import type { Completed, CompletedCommand, Shell } from "./shell.ts";

export const bash: Shell = {
  name: "bash",
  install: "source <(ssescope completions bash)",
  script(commands) {
    const names = commands.map(({ name }) => name).filter((name) => name !== "");
    return `# bash completions of ssescope; in ~/.bashrc: source <(ssescope completions bash)
_ssescope() {
  local typed= command= option= value= lead= options= words= paths= goes_on= index part candidate
  local -a line=()
  COMPREPLY=()
  # bash splits words at = and :, so that --rule=bom=off is five, and a URL is several: they are joined again.
  for ((index = 0; index <= COMP_CWORD; index++)); do
    part=\${COMP_WORDS[index]}
    if ((index > 0)) && [[ $part == [=:]* || ($part && \${COMP_WORDS[index - 1]} == [=:]*) ]]; then
      line[\${#line[@]} - 1]+=$part
    else
      line+=("$part")
    fi
  done
  typed=\${line[\${#line[@]} - 1]}
  # URLs are left alone.
  [[ $typed == *://* || $typed =~ ^(https?|wss?):/?$ ]] && return 0
  [[ \${#line[@]} -gt 2 ]] && case \${line[1]} in ${names.join(" | ")}) command=\${line[1]} ;; esac
  if [[ $typed == --*=* ]]; then
    option=\${typed%%=*} value=\${typed#*=} lead=$option=
  else
    option=\${line[\${#line[@]} - 2]} value=$typed
  fi
  case "$command $option" in
${valueBranches(commands).join("\n")}
  *)
    [[ $lead ]] && return 0
    case "$command" in
${commands.map(operandBranch).join("\n")}
    esac
    [[ \${#line[@]} -eq 2 ]] && words="${names.join(" ")} $words"
    [[ $value == -* ]] && words=$options paths=
    ;;
  esac
  # What is typed up to the last = or : stays as it is.
  part=\${COMP_WORDS[COMP_CWORD]}
  [[ $part == [=:]* ]] && part=
  part=\${typed%"$part"}
  while IFS= read -r candidate; do
    candidate=$lead$candidate
    COMPREPLY+=("\${candidate#"$part"}")
  done < <(compgen -W "$words" -- "$value"; [[ $paths ]] && compgen -f -- "$value")
  # compopt is missing in bash 3.2.
  [[ $paths ]] && compopt -o filenames 2>/dev/null
  [[ $goes_on || \${COMPREPLY[*]} == *[=.] ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _ssescope ssescope
`;
  },
};

/** The words offered after an option with a value: one branch for all options with the same words. */
function valueBranches(commands: readonly CompletedCommand[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, options } of commands) {
    for (const { flags, value, isValueOptional, completes } of options) {
      if (value === null || isValueOptional) continue;
      const offered = [assignments(completes), ...afterLines(completes)].join("\n    ");
      const same = patterns.get(offered) ?? [];
      patterns.set(offered, [...same, ...flags.map((flag) => `"${name} ${flag}"`)]);
    }
  }
  return [...patterns].map(([offered, options]) => `  ${options.join(" | ")})\n    ${offered}\n    ;;`);
}

/** The words offered after a word and `=`. */
function afterLines({ after }: Completed): string[] {
  if (after.length === 0) return [];
  return [
    "goes_on=yes",
    "if [[ $value == *=* ]]; then",
    "  words= goes_on=",
    "  case ${value%%=*} in",
    ...after.map((each) => `  ${each.of?.join(" | ") ?? "*"}) ${assignments(each)} ;;`),
    "  esac",
    "  lead+=${value%%=*}= value=${value#*=}",
    "fi",
  ];
}

function operandBranch({ name, options, operands }: CompletedCommand): string {
  const flags = options.flatMap((option) => option.flags);
  return `    "${name}") options="${flags.join(" ")}" ${assignments(operands)} ;;`;
}

function assignments({ words, hasPaths }: Pick<Completed, "words" | "hasPaths">): string {
  return [`words="${words.join(" ")}"`, ...(hasPaths ? ["paths=yes"] : [])].join(" ");
}
