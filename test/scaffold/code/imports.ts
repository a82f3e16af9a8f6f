// Adds imports to a module, in order.
import { insertAll, type Node, nodeAt, nodesAt, statementsOf, stringAt } from "./syntax.ts";

/**
 * Imports a name, if the module does not yet: adds it to the import of the same source, or adds a statement. Statements
 * are in alphabetical order, packages first.
 */
export function addImport(code: string, name: string, source: string): string {
  const statements = statementsOf(code).filter(({ type }) => type === "ImportDeclaration");
  const values = statements.filter((statement) => stringAt(statement, "importKind") !== "type");
  const same = values.find((statement) => sourceOf(statement) === source) ?? null;
  const names = nodesAt(same, "specifiers").filter(({ type }) => type === "ImportSpecifier");
  if (names.some((specifier) => stringAt(nodeAt(specifier, "local"), "name") === name)) return code;
  const last = names.at(-1);
  if (last !== undefined) return insertAll(code, [{ at: last.end, text: `, ${name}` }]);
  const text = `import { ${name} } from "${source}";\n`;
  const next = values.find((statement) => isBefore(source, sourceOf(statement)));
  if (next !== undefined) return insertAll(code, [{ at: next.start, text }]);
  const end = values.at(-1)?.end;
  return insertAll(code, [end === undefined ? { at: 0, text } : { at: end, text: `\n${text.trimEnd()}` }]);
}

function sourceOf(statement: Node): string {
  return stringAt(nodeAt(statement, "source"), "value") ?? "";
}

function isBefore(one: string, other: string): boolean {
  if (isRelative(one) !== isRelative(other)) return isRelative(other);
  return one < other;
}

function isRelative(source: string): boolean {
  return source.startsWith(".");
}
