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
  /** A statement that finds it; it is given the names that the event and its facts have at its place. */
  readonly check: (event: string, facts: string) => string;
  /** The type of facts without which the check is not called. */
  readonly needs: string;
}

/** Adds a rule to a family. Throws ScaffoldError if the family is not written as all of them are. */
export function addRule(code: string, familyName: string, { rule, check, needs }: RuleCode): string {
  const [family] = nodesAt(exportedValue(code, familyName), "arguments");
  const rules = nodeAt(propertyOf(family ?? null, "rules"), "value");
  const lastRule = nodesAt(rules, "elements").at(-1);
  const watch = nodeAt(propertyOf(family ?? null, "watch"), "value");
  const listener = nodeAt(nodesAt(nodeAt(watch, "body"), "body").at(-1) ?? null, "argument");
  const findsByName = nodesAt(watch, "params").some((parameter) => stringAt(parameter, "name") === "find");
  if (lastRule === undefined || listener?.type !== "ObjectExpression" || !findsByName) throw unlike(familyName);
  const read = propertyOf(listener, "read");
  const insertions =
    read === null
      ? [{ at: listener.start + 1, text: `read({ event, facts }) {${check("event", "facts")}},` }]
      : [...addCheck(read, check, familyName), ...addNeed(propertyOf(listener, "needs"), needs)];
  return insertAll(code, [{ at: lastRule.end, text: `, ${rule}` }, ...insertions]);
}

function unlike(familyName: string): ScaffoldError {
  return new ScaffoldError(
    `${familyName} is not written as families usually are: add the rule by hand, or name a new family`,
  );
}

/** Puts the check first in the method that reads events. */
function addCheck(read: Node, check: RuleCode["check"], familyName: string): Insertion[] {
  const method = nodeAt(read, "value");
  const body = nodeAt(method, "body");
  const [parameter] = nodesAt(method, "params");
  if (body?.type !== "BlockStatement" || parameter === undefined) throw unlike(familyName);
  const start = body.start + 1;
  const reading = stringAt(parameter, "name");
  if (reading !== null) return [{ at: start, text: check(`${reading}.event`, `${reading}.facts`) }];
  if (parameter.type !== "ObjectPattern") throw unlike(familyName);
  const names = ["event", "facts"].map((key) => stringAt(nodeAt(propertyOf(parameter, key), "value"), "name"));
  const [event, facts] = names;
  const missing = ["event", "facts"].filter((_, index) => names[index] === null);
  const last = nodesAt(parameter, "properties").at(-1);
  const insertions = missing.map((key) => ({ at: last?.end ?? parameter.start + 1, text: `, ${key}` }));
  return [...insertions, { at: start, text: check(event ?? "event", facts ?? "facts") }];
}

/** Adds a type to the facts that the family is given; one that is given all of them, or all but deltas, has it. */
function addNeed(needs: Node | null, type: string): Insertion[] {
  const list = nodeAt(needs, "value");
  const types = nodesAt(list, "elements");
  const last = types.at(-1);
  if (last === undefined || types.some((element) => stringAt(element, "value") === type)) return [];
  return [{ at: last.end, text: `, "${type}"` }];
}
