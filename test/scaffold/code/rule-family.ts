// A rule that is added to a family that is there: its description to the list, its check to what watches a stream.
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

/** The name that a module exports its family of rules by; null if it has none. */
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

/** The code that adds a rule. */
export interface RuleCode {
  /** The rule, an object. */
  readonly rule: string;
  /** The type of the fact at which it is checked. */
  readonly fact: string;
  /** A statement that finds it; it is given the name that the event has at its place. */
  readonly check: (event: string) => string;
}

/** Adds a rule to a family. Throws ScaffoldError if the family is not written as all of them are. */
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

/** Adds the handler of a fact, or puts the check first in the one that is there. */
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

/** Puts the check first in a method, which takes the fact and the reading that it is of. */
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
