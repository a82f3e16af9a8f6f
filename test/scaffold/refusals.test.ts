// Requests that cannot be fulfilled are refused, and nothing is written.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../support/files.ts";
import { help, readArguments } from "./arguments.ts";
import { dialect } from "./kinds/dialect.ts";
import { kinds } from "./kinds/index.ts";
import { rule } from "./kinds/rule.ts";
import { carryOut } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

/** The project; nothing is written into it. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test.each([
  ["dialect Tide", "kebab-case"],
  ["dialect tide_chat", "kebab-case"],
  ["dialect tide-", "kebab-case"],
  ["dialect ../tide", "kebab-case"],
  ["dialect class", "reserved"],
  ["dialect generic", "already in use"],
  ["view default", "reserved"],
  ["rule tide-odd", "expected the place of the rule"],
  ["rule tide-odd general", "expected the place of the rule"],
  ["rule tide-odd general/a/b", "expected the place of the rule"],
  ["rule tide-odd klingon", "not a dialect"],
  ["rule tide-odd generic", "not a dialect"],
  ["rule tide-odd general/No", "kebab-case"],
  ["rule tide-odd openai-responses/event", "does not hold a family"],
])("%s: %s", (request, message) => {
  const asked = readArguments(request.split(" "), {});
  expect(() => asked?.kind.plan(ROOT, asked.name, asked.place)).toThrow(ScaffoldError);
  expect(() => asked?.kind.plan(ROOT, asked.name, asked.place)).toThrow(message);
});

test.each([
  ["dialects tide", "expected dialect, rule, framing, view, reporter"],
  ["dialect", "expected the name of the dialect"],
  ["dialect tide general/usage", "unexpected argument general/usage"],
  ["rule a general/usage b", "unexpected argument b"],
  ["dialect tide --force", "Unknown option '--force'"],
])("the command line %j is refused: %s", (line, message) => {
  expect(() => readArguments(line.split(" "), {})).toThrow(message);
});

test("help is printed on request and lists every kind", () => {
  expect(readArguments(["--help"], {})).toBe(null);
  expect(readArguments(["rule", "-h"], {})).toBe(null);
  for (const { name } of kinds) expect(help).toContain(`\n  ${name} <name>`);
});

test.each<[string[], NodeJS.ProcessEnv]>([
  [["rule", "tide-odd", "general/usage"], {}],
  [["rule", "tide-odd", "--in", "general/usage"], {}],
  [["rule", "--in=general/usage", "tide-odd"], {}],
  [["rule", "tide-odd"], { npm_config_in: "general/usage" }],
  [["rule", "tide-odd", "general/usage"], { npm_config_in: "true" }],
])("the place of a rule is found in %j with %j", (argv, env) => {
  expect(readArguments(argv, env)).toEqual({ kind: rule, name: "tide-odd", place: "general/usage" });
});

/** A folder with a few files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const INDEX = "src/dialects/index.ts";

test("an existing file is not overwritten", () => {
  const plan = dialect.plan(ROOT, "tide-chat", null);
  const root = folderWith({
    [INDEX]: "export const dialects = [generic];",
    "fixtures/tide-chat/text.sse": "data: mine\n\n",
  });
  expect(() => carryOut(root, plan)).toThrow("fixtures/tide-chat/text.sse already exists");
  expect(readFileSync(join(root, "fixtures/tide-chat/text.sse"), "utf8")).toBe("data: mine\n\n");
  expect(readFileSync(join(root, INDEX), "utf8")).toBe("export const dialects = [generic];");
});

test.each([
  ["export const dialects = [];", "the list dialects has no entry generic to put the new one before"],
  ["export const others = [generic];", "the list dialects is not there"],
  ["export const dialects = [", "the code does not parse"],
])("a list without a place for the new entry is refused before anything is written: %s", (code, message) => {
  const plan = dialect.plan(ROOT, "tide-chat", null);
  const root = folderWith({ [INDEX]: code });
  expect(() => carryOut(root, plan)).toThrow(`${INDEX}: ${message}`);
  expect(readdirSync(root)).toEqual(["src"]);
  expect(readFileSync(join(root, INDEX), "utf8")).toBe(code);
});

test("a project without the list is refused", () => {
  expect(() => carryOut(folderWith({}), dialect.plan(ROOT, "tide-chat", null))).toThrow(`cannot read ${INDEX}`);
});

test.each([
  ["an invalid name", ["dialect", "T"], 'npm run new: "T" is not in kebab-case: write it like my-name\n'],
  ["no arguments, by its help", [], `${help}\n`],
])("the command reports %s on stderr and exits with 2, from any directory", (_, argv, expected) => {
  const start = [join(ROOT, "test/scaffold/start.js"), ...argv];
  const { status, stdout, stderr } = spawnSync(process.execPath, start, {
    cwd: temporaryDirectory(),
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: expected });
});
