// Completion scripts, loaded by the shells that are installed here.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { run } from "../support/io.ts";
import { allCommands, argvOf, longFlagsOf, optionsOf } from "./support/all-commands.ts";

/** The output of a script in a shell; null if the shell is not installed. */
function outputOf(shell: string, script: string, argv: readonly string[] = []): string | null {
  const { error, stdout } = spawnSync(shell, ["-c", script, ...argv], { encoding: "utf8" });
  return error === undefined ? stdout : null;
}

/** The lines of the output. */
function linesOf(shell: string, script: string, argv: readonly string[]): string[] {
  return (outputOf(shell, script, argv) ?? "").split("\n").slice(0, -1);
}

const isInstalled = (shell: string): boolean => outputOf(shell, "exit") !== null;

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, stdout, stderr } = await run(["completions", shell]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

const scripts = { bash: await scriptFor("bash"), zsh: await scriptFor("zsh"), fish: await scriptFor("fish") };

/** Command lines up to the cursor, split into words like bash does, and the completions of the last word. */
const EXAMPLES: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [["--fra"], ["--framing"]],
  [["--format", "fa"], ["facts"]],
  [["-f", "re"], ["report"]],
  [["--show", "al"], ["all"]],
  [["ch"], ["check"]],
  [["package-l"], ["package-lock.json"]],
  [["--record", "package-l"], ["package-lock.json"]],
  [["--request", ""], []],
  [
    ["check", "--no-co"],
    ["--no-config", "--no-color"],
  ],
  [["check", "--rule", "no-term"], ["no-terminal="]],
  [["check", "--expect", "usage.out"], ["usage.outputTokens="]],
  [["check", "--expect", "tool."], ["tool."]],
  [["check", "--expect", "ended"], ["endedBy="]],
  [["check", "--reporter", "ju"], ["junit"]],
  [["check", "--reporter", "junit=package-l"], ["junit=package-lock.json"]],
  [["check", "--reporter=junit=package-l"], ["--reporter=junit=package-lock.json"]],
  [["check", "--rule", "no-terminal=w"], ["no-terminal=warning"]],
  [["check", "--rule=no-terminal=o"], ["--rule=no-terminal=off"]],
  [["check", "--expect", "verdict=trunc"], ["verdict=truncated"]],
  [["check", "--expect", "status=c"], []],
  [["check", "package-l"], ["package-lock.json"]],
  [["check", "--", "package-l"], ["package-lock.json"]],
  [["check", "./package-l"], ["./package-lock.json"]],
  [["check", "http://loc"], []],
  [["check", "https://"], []],
  [["http://127.0.0.1:80/v"], []],
  [["help", "exp"], ["expectations"]],
  [["help", "repl"], ["replay"]],
  [["diff", "--only", "u"], ["usage"]],
  [["diff", "--rule", "no-term"], []],
  [["replay", "--cut"], ["--cut-after"]],
  [["rules", "no-term"], ["no-terminal"]],
  [["rules", "package-l"], []],
  [["completions", "z"], ["zsh"]],
];

/** Splits words like bash at COMP_WORDBREAKS: `a=b` is three. */
function splitByBash(word: string): string[] {
  return word === "" ? [word] : word.split(/([=:]+)/).filter((part) => part !== "");
}

function offeredByBash(words: readonly string[]): string[] {
  const script = `${scripts.bash}
    COMP_WORDS=(ssescope "$@") COMP_CWORD=$#
    _ssescope
    for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done`;
  const typed = words.at(-1) ?? "";
  // The completions are after the last of them.
  const kept = /^.*[=:]/.exec(typed)?.[0] ?? "";
  return linesOf("bash", script, ["bash", ...words.flatMap(splitByBash)]).map((offered) => kept + offered);
}

describe.skipIf(!isInstalled("bash"))("bash", () => {
  test.each(EXAMPLES)("completes %j", (words, offered) => {
    expect(new Set(offeredByBash(words))).toEqual(new Set(offered));
  });

  test("completes a value after =, which is a separate word in bash", () => {
    expect(offeredByBash(["--format=fa"])).toEqual(["--format=facts"]);
    expect(offeredByBash(["--color="])).toEqual(["--color=auto", "--color=always", "--color=never"]);
    expect(offeredByBash(["check", "--fail-on=w"])).toEqual(["--fail-on=warning"]);
    expect(offeredByBash(["check", "--nonsense=w"])).toEqual([]);
  });

  test.each(allCommands)("knows all options of $name", (command) => {
    expect(new Set(offeredByBash([...argvOf(command), "--"]))).toEqual(new Set(longFlagsOf(command)));
  });

  test("registers the function that completes ssescope", () => {
    expect(outputOf("bash", `${scripts.bash}\ncomplete -p ssescope`)).toBe("complete -F _ssescope ssescope\n");
  });
});

describe.skipIf(!isInstalled("fish"))("fish", () => {
  test.each(EXAMPLES)("completes %j", (words, offered) => {
    const script = `${scripts.fish}\ncomplete -C (string join ' ' -- ssescope $argv)`;
    const candidates = linesOf("fish", script, ["--", ...words]).map((line) => line.split("\t")[0] ?? "");
    // fish also offers words that contain the letters elsewhere.
    const typed = words.at(-1) ?? "";
    expect(new Set(candidates.filter((candidate) => candidate.startsWith(typed)))).toEqual(new Set(offered));
  });
});

/** Types each line and a tab into an interactive zsh, and prints the resulting lines. */
const TYPE_INTO_ZSH = `
  zmodload zsh/zpty
  script=$1 answers=$2
  shift 2
  zpty shell zsh -f -i
  zpty -w shell "PS1= PROMPT_EOL_MARK=; autoload -Uz compinit; compinit -u -D; setopt no_auto_list no_auto_menu; source $script"
  zpty -w shell "complete-and-tell() { zle complete-word; print -r -- \\$BUFFER >> $answers; BUFFER= }"
  zpty -w shell "zle -N complete-and-tell; bindkey '^I' complete-and-tell"
  for line; do zpty -n -w shell "$line"$'\\t'; done
  zpty -w shell exit
  while zpty -r shell output; do :; done
  cat $answers`;

describe.skipIf(!isInstalled("zsh"))("zsh", () => {
  test("reads its script, and defines the function", () => {
    const script = `compdef() { print compdef $@ }\n${scripts.zsh}\nwhence -w _ssescope`;
    expect(outputOf("zsh", script)).toBe("compdef _ssescope ssescope\n_ssescope: function\n");
  });

  test("completes the same", () => {
    const folder = temporaryDirectory();
    const path = join(folder, "_ssescope");
    writeFileSync(path, scripts.zsh);
    // With several completions, the line stays.
    const examples = EXAMPLES.filter(([, offered]) => offered.length < 2);
    const lines = examples.map(([words]) => ["ssescope", ...words].join(" "));
    const completed = linesOf("zsh", TYPE_INTO_ZSH, ["zsh", path, join(folder, "answers"), ...lines]);
    const expected = examples.map(([words, [offered = words.at(-1)]]) =>
      ["ssescope", ...words.slice(0, -1), offered].join(" "),
    );
    // A completed word ends with = or a space.
    expect(completed.map((line) => line.replace(/[= ]+$/, ""))).toEqual(
      expected.map((line) => line.replace(/[= ]+$/, "")),
    );
  });
});

test("words need no quotes in any shell", () => {
  const options = allCommands.flatMap(optionsOf);
  const words = options.flatMap(({ choices = [], completes }) => {
    const names = choices.map(({ name }) => name);
    return typeof completes === "function" ? names.concat(completes()) : names;
  });
  expect(words.filter((word) => !/^[\w.-]+=?$/.test(word))).toEqual([]);
});

test("another shell is wrong usage", async () => {
  const { exitCode, stdout, stderr } = await run(["completions", "tcsh"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toBe("ssescope: there are no completions for tcsh\n  expected bash, zsh, fish\n");
});
