// Additions of scaffolds to existing code.
import { describe, expect, test } from "vitest";
import { ScaffoldError } from "../scaffold-error.ts";
import { addImport } from "./imports.ts";
import { addToExportedList, addToListOf } from "./lists.ts";
import { addRule, familyIn, rulesOf } from "./rule-family.ts";

describe("an import", () => {
  const code =
    '// “Head” …\nimport { b } from "./b.ts";\nimport type { T } from "./a.ts";\nimport { d } from "./d.ts";\n\nb(d);\n';

  test.each([
    ["c", "./c.ts", 'import type { T } from "./a.ts";\nimport { c } from "./c.ts";\nimport { d } from "./d.ts";'],
    ["e", "./e.ts", 'import { d } from "./d.ts";\nimport { e } from "./e.ts";\n\nb(d);'],
    ["a", "./a.ts", '// “Head” …\nimport { a } from "./a.ts";\nimport { b } from "./b.ts";'],
    ["p", "package", '// “Head” …\nimport { p } from "package";\nimport { b } from "./b.ts";'],
    ["c", "./b.ts", 'import { b, c } from "./b.ts";'],
  ])("%s of %s is inserted in order", (name, source, expected) => {
    const changed = addImport(code, name, source);
    expect(changed).toContain(expected);
  });

  test("that exists is not added again", () => {
    expect(addImport(code, "b", "./b.ts")).toBe(code);
  });

  test("of a file without any is its first line", () => {
    expect(addImport("b();\n", "b", "./b.ts")).toBe('import { b } from "./b.ts";\nb();\n');
  });
});

describe("an entry", () => {
  test.each([
    ["export const list = [a, z] as const satisfies readonly T[];", "z", "[a, b, z]"],
    ["export const list = [a, z] as const;", undefined, "[a, z, b]"],
    ["export const list: T[] = [];", undefined, "[b]"],
    ["const list = [];\nexport const other = 1, list = [a];", undefined, "list = [a, b]"],
  ])("of %j", (code, before, expected) => {
    expect(addToExportedList(code, "list", "b", before)).toContain(expected);
  });

  test("of the list of an object", () => {
    const code = "export const x = { ...traits, rules: [a], create } as const satisfies D;";
    expect(addToListOf(code, "x", "rules", "b")).toContain("rules: [a, b]");
    expect(() => addToListOf(code, "x", "rule", "b")).toThrow("the list rule of x is not there");
    expect(() => addToListOf(code, "y", "rules", "b")).toThrow(ScaffoldError);
  });
});

const RULE = { rule: '{ id: "new" }', fact: "an-end", check: (event: string) => `C(${event});` };

/** A module with a family; `listener` is the value that its `watch` returns. */
function family(listener: string, parameters = "find"): string {
  const watch = `watch(${parameters}) { let a = 1; return ${listener}; }`;
  return `export const ERRORS = 1;\nexport const f = family({ name: "f", rules: [{ id: "old" }], ${watch} });`;
}

describe("a rule", () => {
  test.each([
    ['{ facts: { "an-end"(fact, reading) { a(); } } }', '"an-end"(fact, reading) {C(reading.event); a(); }'],
    ['{ facts: { "an-end"(_, { event }) { a(); } } }', '"an-end"(_, { event }) {C(event); a(); }'],
    ['{ facts: { "an-end"(_, { payload }) { a(); } } }', '"an-end"(_, { payload, event }) {C(event); a(); }'],
    ['{ facts: { "an-end"(_, { event: one }) { a(); } } }', "{C(one); a(); }"],
    ['{ facts: { "an-end"(fact) { a(); } } }', '"an-end"(fact, { event }) {C(event); a(); }'],
    ['{ facts: { "an-end"() { a(); } } }', '"an-end"(_, { event }) {C(event); a(); }'],
    ['{ facts: { "a-start"() {} } }', 'facts: {"an-end"(_, { event }) {C(event);}, "a-start"() {} }'],
    ["{ end() {} }", '{facts: {"an-end"(_, { event }) {C(event);},}, end() {} }'],
  ])("is added to a family that returns %s", (listener, expected) => {
    const code = addRule(family(listener, "find, { profile }"), "f", RULE);
    expect(code).toContain('rules: [{ id: "old" }, { id: "new" }]');
    expect(code).toContain(expected);
  });

  test.each([
    family("listener"),
    family("{ facts }"),
    family('{ facts: { "an-end": end } }'),
    family('{ facts: { "an-end"(_, [reading]) {} } }'),
    family('{ facts: { "an-end"(_, {}) {} } }'),
    family("{ facts: {} }", "report"),
    "export const f = family({ rules: RULES, watch(find) { return {}; } });",
    "export const f = family(described);",
  ])("is refused by a family that is written in another way: %s", (code) => {
    expect(() => addRule(code, "f", RULE)).toThrow("f is not written as families usually are");
  });

  test("is looked for in the family of a module", () => {
    expect(familyIn(family("{}"))).toBe("f");
    expect(familyIn("export const ERRORS = new Set();")).toBe(null);
    expect(rulesOf(family("{}"), "f")).toEqual(["old"]);
  });
});
