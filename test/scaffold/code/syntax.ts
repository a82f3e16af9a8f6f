// Parses a TypeScript module (ESTree), finds the nodes that scaffolds need, and inserts text.
import { parseAst } from "rolldown/parseAst";
import { ScaffoldError } from "../scaffold-error.ts";

export interface Node {
  readonly type: string;
  /** Offsets in the code. */
  readonly start: number;
  readonly end: number;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The statements of a module. Throws ScaffoldError if the code does not parse. */
export function statementsOf(code: string): Node[] {
  try {
    return nodesAt(parseAst(code, { lang: "ts" }), "body");
  } catch (error) {
    throw new ScaffoldError(`the code does not parse: ${String(error)}`);
  }
}

function valueAt(node: object | null, key: string): unknown {
  return node === null ? undefined : Reflect.get(node, key);
}

/** The node under a key of another one; null if there is none. */
export function nodeAt(node: object | null, ...keys: readonly string[]): Node | null {
  const found = keys.reduce<unknown>((inner, key) => (isNode(inner) ? valueAt(inner, key) : null), node);
  return isNode(found) ? found : null;
}

/** The nodes of a list under a key of a node. */
export function nodesAt(node: object | null, key: string): Node[] {
  const list = valueAt(node, key);
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** The string under a key of a node, such as the `name` of an identifier; null if there is none. */
export function stringAt(node: object | null, key: string): string | null {
  const text = valueAt(node, key);
  return typeof text === "string" ? text : null;
}

/** The names of the constants that a module exports. */
export function exportedNames(code: string): string[] {
  return exportedConstants(code).map(({ name }) => name);
}

/** The value that a module exports under a name, without `as const` or `satisfies`; null if there is none. */
export function exportedValue(code: string, name: string): Node | null {
  return exportedConstants(code).find((constant) => constant.name === name)?.value ?? null;
}

function exportedConstants(code: string): { name: string; value: Node | null }[] {
  return statementsOf(code)
    .filter(({ type }) => type === "ExportNamedDeclaration")
    .flatMap((statement) => nodesAt(nodeAt(statement, "declaration"), "declarations"))
    .map((declaration) => ({
      name: stringAt(nodeAt(declaration, "id"), "name") ?? "",
      value: withoutTypes(nodeAt(declaration, "init")),
    }));
}

function withoutTypes(node: Node | null): Node | null {
  const isTyped = node?.type === "TSAsExpression" || node?.type === "TSSatisfiesExpression";
  return isTyped ? withoutTypes(nodeAt(node, "expression")) : node;
}

/** The property with a key, in an object or a pattern; null if there is none. */
export function propertyOf(object: Node | null, key: string): Node | null {
  return nodesAt(object, "properties").find((property) => keyOf(property) === key) ?? null;
}

/** The key of a property, quoted or not. */
function keyOf(property: Node): string | null {
  const key = nodeAt(property, "key");
  return stringAt(key, "name") ?? stringAt(key, "value");
}

/** Text to insert at an offset of the code. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Inserts texts, given in any order; texts for the same offset keep their order. */
export function insertAll(code: string, insertions: readonly Insertion[]): string {
  let result = "";
  let end = 0;
  for (const { at, text } of insertions.toSorted((one, other) => one.at - other.at)) {
    result += code.slice(end, at) + text;
    end = at;
  }
  return result + code.slice(end);
}
