// Finds the place of a rule: a general family, or a family of a dialect.
import { posix } from "node:path";
import { familyIn } from "./code/rule-family.ts";
import { camelCase, checkName } from "./names.ts";
import { isThere, read } from "./plan.ts";
import { ScaffoldError } from "./scaffold-error.ts";

const GENERAL = "general";

export interface Family {
  readonly name: string;
  /** Null: it is a general family. */
  readonly dialect: string | null;
  /** False if the family must be created. */
  readonly isThere: boolean;
  /** The name under which its module exports it. */
  readonly variable: string;
  readonly path: string;
  readonly testPath: string;
}

/**
 * The family that `general/<family>`, `<dialect>/<family>` or `<dialect>` names; in the last form, the family has the
 * name of the rule. Throws ScaffoldError for any other text.
 */
export function familyAt(root: string, rule: string, place: string | null): Family {
  const [owner = "", name = owner === GENERAL ? "" : rule, ...rest] = (place ?? "").split("/");
  if (owner === "" || name === "" || rest.length > 0) {
    throw new ScaffoldError("expected the place of the rule: general/<family>, <dialect> or <dialect>/<family>");
  }
  const dialect = owner === GENERAL ? null : owner;
  if (dialect !== null && (dialect === "generic" || !isThere(root, `src/dialects/${dialect}/${dialect}.ts`))) {
    throw new ScaffoldError(`${dialect} is not a dialect that can have rules`);
  }
  const path = dialect === null ? `src/rules/general/${name}.ts` : `src/dialects/${dialect}/rules/${name}.ts`;
  const common = { name, dialect, path, testPath: path.replace("src/", "test/").replace(/ts$/, "test.ts") };
  if (!isThere(root, path)) {
    checkName(name);
    return { ...common, isThere: false, variable: camelCase(`${name}-rules`) };
  }
  const variable = familyIn(read(root, path));
  if (variable === null) throw new ScaffoldError(`${path} does not hold a family of rules: name another one`);
  return { ...common, isThere: true, variable };
}

/** The import path from one file of the project to another. */
export function importPath(from: string, to: string): string {
  const relative = posix.relative(posix.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
}
