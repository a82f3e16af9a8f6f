// Generated files pass unchanged: each kind is generated in a copy of the project and checked there.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isExhaustive } from "../support/exhaustive.ts";
import { readArguments } from "./arguments.ts";
import { format, renew } from "./finish.ts";
import { carryOut } from "./plan.ts";
import { complaintsOf, copyProject } from "./support/project-copy.ts";

/** Every kind, and every place of a rule: new and existing families, general ones and those of one dialect. */
const REQUESTS = [
  "dialect tide-chat",
  "framing buoy",
  "view ebb",
  "reporter beacon",
  "rule tide-odd general/tides",
  "rule usage-odd general/usage",
  "rule candidate-odd general/candidates",
  "rule rpc-odd mcp/rpc",
  "rule line-odd ollama",
];

/** The tests that apply to every component of a kind. */
const TESTS_OF_ALL = [
  "dialects/claims",
  "dialects/readme",
  "rules/examples",
  "rules/index",
  "rules/readme",
  "commands/reference",
  "reporters/index",
  "cli",
].map((name) => `test/${name}.test.ts`);

function generate(root: string) {
  const plans = REQUESTS.map((request) => {
    const asked = readArguments(request.split(" "), {});
    if (asked === null) throw new Error(`${request} is a request for help`);
    const plan = asked.kind.plan(root, asked.name, asked.place);
    return { plan, written: carryOut(root, plan) };
  });
  const paths = plans.flatMap(({ written: { created, changed } }) => [...created, ...changed]);
  return {
    created: plans.flatMap(({ written }) => written.created),
    code: [...new Set(paths)].filter((path) => path.endsWith(".ts")),
    paths: [...new Set(paths)],
    renewals: plans.flatMap(({ plan }) => plan.renewals),
  };
}

test.skipIf(isExhaustive)("generated code passes the type check", () => {
  const root = copyProject();
  const { code } = generate(root);
  const include = ["src/**/*.d.ts", ...code];
  writeFileSync(join(root, "generated.json"), JSON.stringify({ extends: "./tsconfig.json", include }));
  expect(complaintsOf(root, "typescript/bin/tsc", "--project", "generated.json")).toBe("");
});

test.runIf(isExhaustive)("generated files pass every check and their tests", { timeout: 600_000 }, () => {
  const root = copyProject();
  const before = filesOf(root);
  const { code, created, paths, renewals } = generate(root);
  format(root, paths);
  renew(root, renewals);
  const tests = created.filter((path) => path.endsWith(".test.ts"));
  expect({
    types: complaintsOf(root, "typescript/bin/tsc"),
    lint: complaintsOf(root, "oxlint/bin/oxlint", "--type-aware", "--deny-warnings", ...code),
    format: complaintsOf(root, "oxfmt/bin/oxfmt", "--check", ...code),
    unused: complaintsOf(root, "knip/bin/knip.js"),
    tests: complaintsOf(root, "vitest/vitest.mjs", "run", ...tests, ...TESTS_OF_ALL),
  }).toEqual({ types: "", lint: "", format: "", unused: "", tests: "" });
  // All written files are listed, except the expected files of fixtures.
  const unexpected = filesOf(root).filter((path) => !before.includes(path) && !created.includes(path));
  expect(unexpected.filter((path) => !/^fixtures\/.*\.(?:facts\.ndjson|report\.json|check\.txt)$/.test(path))).toEqual(
    [],
  );
});

function filesOf(root: string): string[] {
  return ["src", "test", "fixtures"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
}
