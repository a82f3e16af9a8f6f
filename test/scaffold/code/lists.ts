// Adds entries to a list of a module: a registry, or the rules of a dialect.
import { ScaffoldError } from "../scaffold-error.ts";
import { exportedValue, insertAll, type Node, nodeAt, nodesAt, propertyOf, stringAt } from "./syntax.ts";

/**
 * Adds an entry to the exported list `list`: before the entry named `before`, or at the end. Throws ScaffoldError if
 * the list or that entry does not exist.
 */
export function addToExportedList(code: string, list: string, entry: string, before?: string): string {
  return addToArray(code, exportedValue(code, list), entry, before, `the list ${list}`);
}

/** Adds an entry to the end of the list under a key of an exported object. Throws ScaffoldError if there is no list. */
export function addToListOf(code: string, object: string, key: string, entry: string): string {
  const list = nodeAt(propertyOf(exportedValue(code, object), key), "value");
  return addToArray(code, list, entry, undefined, `the list ${key} of ${object}`);
}

/** The name of an entry: that of a variable, or the `name` of an object. */
function nameOf(entry: Node): string | null {
  return stringAt(entry, "name") ?? stringAt(nodeAt(propertyOf(entry, "name"), "value"), "value");
}

function addToArray(code: string, array: Node | null, entry: string, before: string | undefined, what: string): string {
  if (array?.type !== "ArrayExpression") throw new ScaffoldError(`${what} is not there`);
  const elements = nodesAt(array, "elements");
  if (before !== undefined) {
    const next = elements.find((element) => nameOf(element) === before);
    if (next === undefined) throw new ScaffoldError(`${what} has no entry ${before} to put the new one before`);
    return insertAll(code, [{ at: next.start, text: `${entry}, ` }]);
  }
  const last = elements.at(-1);
  const insertion = last === undefined ? { at: array.start + 1, text: entry } : { at: last.end, text: `, ${entry}` };
  return insertAll(code, [insertion]);
}
