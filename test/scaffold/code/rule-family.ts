// Adds a rule to an existing family: its description to the list, its check to the listener.
import { ScaffoldError } from "../scaffold-error.ts";
import {
  exportedNames,
  exportedValue,
  insertAll,
  type Insertion,
  type Node,
  nodeAt,
  nodesAt,
  propertyOf,
  stringAt,
} from "./syntax.ts";

/** The name under which a module exports its family of rules; null if it has none. */
export function familyIn(code: string): string | null {
  const names = exportedNames(code);
  return names.find((name) => stringAt(nodeAt(exportedValue(code, name), "callee"), "name") === "family") ?? null;
}

/** The ids of the rules of a family. */
export function rulesOf(code: string, familyName: string): string[] {
  const [family] = nodesAt(exportedValue(code, familyName), "arguments");
  const rules = nodesAt(nodeAt(propertyOf(family ?? null, "rules"), "value"), "elements");
  return rules.map((rule) => stringAt(nodeAt(propertyOf(rule, "id"), "value"), "value") ?? "");
}

/** The code to add for a rule. */
export interface RuleCode {
  /** The rule, as an object literal. */
  readonly rule: string;
  /** The fact type whose handler has the check. */
  readonly fact: string;
  /** A statement that checks the rule; gets the name of the variable that holds the event. */
  readonly check: (event: string) => string;
}

/** Adds a rule to a family. Throws ScaffoldError if the family does not have the usual form. */
export function addRule(code: string, familyName: string, { rule, fact, check }: RuleCode): string {
  const [family] = nodesAt(exportedValue(code, familyName), "arguments");
  const rules = nodeAt(propertyOf(family ?? null, "rules"), "value");
  const lastRule = nodesAt(rules, "elements").at(-1);
  const watch = nodeAt(propertyOf(family ?? null, "watch"), "value");
  const listener = nodeAt(nodesAt(nodeAt(watch, "body"), "body").at(-1) ?? null, "argument");
  const findsByName = nodesAt(watch, "params").some((parameter) => stringAt(parameter, "name") === "find");
  if (lastRule === undefined || listener?.type !== "ObjectExpression" || !findsByName) throw unlike(familyName);
  const facts = propertyOf(listener, "facts");
  const handler = `"${fact}"(_, { event }) {${check("event")}},`;
  const insertions =
    facts === null
      ? [{ at: listener.start + 1, text: `facts: {${handler}},` }]
      : addHandler(nodeAt(facts, "value"), fact, handler, check, familyName);
  return insertAll(code, [{ at: lastRule.end, text: `, ${rule}` }, ...insertions]);
}

function unlike(familyName: string): ScaffoldError {
  return new ScaffoldError(
    `${familyName} is not written as families usually are: add the rule by hand, or name a new family`,
  );
}

/** Adds a handler for a fact, or puts the check first in the existing one. */
function addHandler(
  facts: Node | null,
  fact: string,
  handler: string,
  check: RuleCode["check"],
  familyName: string,
): Insertion[] {
  if (facts?.type !== "ObjectExpression") throw unlike(familyName);
  const known = propertyOf(facts, fact);
  return known === null
    ? [{ at: facts.start + 1, text: handler }]
    : addCheck(nodeAt(known, "value"), check, familyName);
}

/** Puts the check first in a method with the parameters fact and reading. */
function addCheck(method: Node | null, check: RuleCode["check"], familyName: string): Insertion[] {
  const body = nodeAt(method, "body");
  if (method?.type !== "FunctionExpression" || body === null) throw unlike(familyName);
  const start = body.start + 1;
  const [fact, reading] = nodesAt(method, "params");
  if (reading === undefined) {
    const parameter =
      fact === undefined ? { at: method.start + 1, text: "_, { event }" } : addBehind(fact, "{ event }");
    return [parameter, { at: start, text: check("event") }];
  }
  const name = stringAt(reading, "name");
  if (name !== null) return [{ at: start, text: check(`${name}.event`) }];
  if (reading.type !== "ObjectPattern") throw unlike(familyName);
  const event = stringAt(nodeAt(propertyOf(reading, "event"), "value"), "name");
  if (event !== null) return [{ at: start, text: check(event) }];
  const last = nodesAt(reading, "properties").at(-1);
  if (last === undefined) throw unlike(familyName);
  return [addBehind(last, "event"), { at: start, text: check("event") }];
}

function addBehind({ end }: Node, text: string): Insertion {
  return { at: end, text: `, ${text}` };
}
