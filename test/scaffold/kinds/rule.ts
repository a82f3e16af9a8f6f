import { addImport } from "../code/imports.ts";
import { addToExportedList, addToListOf } from "../code/lists.ts";
import { addRule, rulesOf } from "../code/rule-family.ts";
import { intactStream } from "../example-stream.ts";
import type { Kind } from "../kind.ts";
import { camelCase, checkName } from "../names.ts";
import { type Edit, isThere, type NewFile, read } from "../plan.ts";
import { expectedFilesOf, pageOfRules } from "../renewals.ts";
import { type Family, familyAt, importPath } from "../rule-place.ts";
import { fill } from "../template.ts";

/** The fact whose handler has the generated check: every response ends with it. */
const FACT = "response-end";

/** The part of an example's file name between the id of the rule and the extension. */
const INVALID = ".invalid";
const VALID = ".valid";

export const rule: Kind = {
  name: "rule",
  place: "general/<family>|<dialect>[/<family>]",
  summary: "a rule for every dialect or for one, with two examples and a test",
  plan(root, id, place) {
    checkName(id);
    const family = familyAt(root, id, place);
    const source = planSource(root, id, family);
    const test = planTest(root, id, family);
    return {
      files: [...examplesOf(root, id, family), ...source.files, ...test.files],
      edits: [...source.edits, ...test.edits],
      renewals: [expectedFilesOf(`rules/${id}.`), pageOfRules],
      next: [
        `replace the check of ${id}, its texts and its two examples (fixtures/rules/${id}.*); the invalid example may`,
        `break only this rule`,
      ],
    };
  },
};

/** The dialect of the examples of a general family: some families apply to few dialects. */
function usualDialectOf(root: string, { isThere: isOld, path, variable }: Family): string | null {
  const [first] = isOld ? rulesOf(read(root, path), variable) : [];
  const report = `fixtures/rules/${first}${INVALID}.report.json`;
  return first !== undefined && isThere(root, report) ? dialectOf(JSON.parse(read(root, report))) : null;
}

function dialectOf({ dialect }: { readonly dialect: string | null }): string | null {
  return dialect === "generic" ? null : dialect;
}

interface Part {
  readonly files: readonly NewFile[];
  readonly edits: readonly Edit[];
}

/** Two streams that differ in one line: an id before the first event, which the generated check finds. */
function examplesOf(root: string, id: string, family: Family): NewFile[] {
  const stream = intactStream(root, family.dialect ?? usualDialectOf(root, family));
  return [
    { path: `fixtures/rules/${id}${INVALID}.sse`, content: `id: breaks-${id}\n${stream}` },
    { path: `fixtures/rules/${id}${VALID}.sse`, content: `id: keeps-${id}\n${stream}` },
  ];
}

function planSource(root: string, id: string, family: Family): Part {
  const { path, variable } = family;
  const ruleCode = fill(root, "rule/rule.ts.txt", { id }).trimEnd();
  const check = (event: string) => `\n${fill(root, "rule/check.ts.txt", { id, event })}`;
  if (family.isThere) {
    return {
      files: [],
      edits: [{ path, change: (code) => addRule(code, variable, { rule: ruleCode, fact: FACT, check }) }],
    };
  }
  const content = fill(root, "rule/family.ts.txt", {
    family: family.name,
    variable,
    rule: ruleCode,
    fact: FACT,
    check: check("event").trim(),
    contract: importPath(path, "src/rules/rule.ts"),
  });
  return { files: [{ path, content }], edits: [register(family)] };
}

/** The entry in the list of families: the general one, or that of the dialect. */
function register({ path, variable, dialect }: Family): Edit {
  const list = dialect === null ? "src/rules/index.ts" : `src/dialects/${dialect}/${dialect}.ts`;
  return {
    path: list,
    change(code) {
      const imported = addImport(code, variable, importPath(list, path));
      return dialect === null
        ? addToExportedList(imported, "generalFamilies", variable)
        : addToListOf(imported, camelCase(dialect), "rules", variable);
    },
  };
}

/** The rule's tests: at the end of the family's test file, or in a new one. */
function planTest(root: string, id: string, { path, testPath, variable }: Family): Part {
  const tests = fill(root, "rule/test.ts.txt", { id, variable, invalid: INVALID });
  const imports = [
    ["expect", "vitest"],
    ["test", "vitest"],
    [variable, path],
    ["fixtureNamed", "test/support/fixtures.ts"],
    ["findingsOf", "test/rules/support/found.ts"],
  ] as const;
  const withTests = (code: string): string =>
    imports.reduce(
      (all, [name, source]) => addImport(all, name, source.includes("/") ? importPath(testPath, source) : source),
      `${code}\n${tests}`,
    );
  return isThere(root, testPath)
    ? { files: [], edits: [{ path: testPath, change: withTests }] }
    : { files: [{ path: testPath, content: withTests("") }], edits: [] };
}
