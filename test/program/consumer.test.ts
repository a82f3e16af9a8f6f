// A separate project that installs the package from its tarball and uses the program, the library and the matchers. Its
// files are the examples of the library's guide, which must print what the guide says.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import metadata from "../../package.json" with { type: "json" };
import { isExhaustive } from "../support/exhaustive.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { ROOT } from "./run-scripts.ts";

const guide = readFileSync(join(ROOT, "src/library/README.md"), "utf8");
const files = [...guide.matchAll(/```(?:js|ts)\n\/\/ (?<name>\S+)\n(?<code>[^]*?)```/g)].map(({ groups }) => ({
  name: groups?.name ?? "",
  code: groups?.code ?? "",
}));
const examples = [...guide.matchAll(/```console\n\$ node (?<file>\S+)\n(?<output>[^]*?)```/g)].map(({ groups }) => ({
  file: groups?.file ?? "",
  output: groups?.output ?? "",
}));

/** Ends an installation that hangs; its duration is not tested. */
const HANGS_MS = 300_000;

const tarballs = mkdtempSync(join(tmpdir(), "ssescope-tarball-"));
const project = mkdtempSync(join(tmpdir(), "ssescope-consumer-"));

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

function run(command: string, ...argv: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const { VITEST: _, NODE_OPTIONS: _options, ...env } = process.env;
    const child = execFile(command, argv, { cwd: project, env: { ...env, NO_COLOR: "1" } }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });
}

/** Links an installed package with its dependencies, in the place where an installation would have it. */
function lend(name: string): void {
  const place = join(project, "node_modules", name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(ROOT, "node_modules", name), place);
}

function write(name: string, text: string): void {
  writeFileSync(join(project, name), text);
}

beforeAll(async () => {
  await new Promise((resolve) => {
    // Packs the build of these tests.
    execFile("npm", ["pack", "--ignore-scripts", "--pack-destination", tarballs], { cwd: ROOT }, resolve);
  });
  write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const [tarball = ""] = readdirSync(tarballs);
  if (isExhaustive) await run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", join(tarballs, tarball));
  else {
    // The same without a registry: the dependencies are those of this project.
    mkdirSync(join(project, "node_modules/ssescope"), { recursive: true });
    await run("tar", "-xzf", join(tarballs, tarball), "--strip-components=1", "-C", "node_modules/ssescope");
    for (const name of Object.keys(metadata.dependencies)) lend(name);
  }
  for (const name of ["vitest", "@types/node"]) lend(name);
  cpSync(fixtureNamed("openai-responses/function-call.sse").path, join(project, "tides.sse"));
  for (const { name, code } of files) write(name, code);
}, HANGS_MS);

afterAll(() => {
  for (const folder of [tarballs, project]) rmSync(folder, { recursive: true, force: true });
});

test("the guide has examples of all functions", () => {
  expect(files.map(({ name }) => name)).toEqual(["inspect.mjs", "check.mjs", "client.test.ts"]);
  expect(examples.map(({ file }) => file)).toEqual(["inspect.mjs", "check.mjs"]);
});

test.each(examples)("node $file prints what the guide says", async ({ file, output }) => {
  expect(await run(process.execPath, file)).toEqual({ exitCode: 0, output });
});

describe("a consumer", () => {
  test("runs the tests of the guide with Vitest", async () => {
    const { exitCode, output } = await run(process.execPath, join(ROOT, "node_modules/vitest/vitest.mjs"), "run");
    expect(output).toContain("3 passed");
    expect(exitCode).toBe(0);
  });

  test("has the types of all that, with any setting of TypeScript", async () => {
    const compilerOptions = {
      target: "es2023",
      lib: ["es2023", "esnext.disposable"],
      module: "nodenext",
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      allowJs: true,
      checkJs: true,
      // Types of other packages have errors of their own.
      skipLibCheck: true,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts", "*.mjs", "*.cts"] }));
    write(
      "types.cts",
      'import ssescope = require("ssescope");\nssescope.inspect(new Response("")).report satisfies Promise<ssescope.Report>;\n',
    );
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, tsc)).toEqual({ exitCode: 0, output: "" });
    // The library's own types have none.
    const own = { ...compilerOptions, skipLibCheck: false };
    write("tsconfig.json", JSON.stringify({ compilerOptions: own, include: ["*.mjs", "*.cts"] }));
    expect(await run(process.execPath, tsc)).toEqual({ exitCode: 0, output: "" });
    // Neither the types of Node.js nor a library has to be named.
    const least = { module: "nodenext", strict: true, noEmit: true, skipLibCheck: false };
    write("tsconfig.json", JSON.stringify({ compilerOptions: least, include: ["*.cts"] }));
    expect(await run(process.execPath, tsc)).toEqual({ exitCode: 0, output: "" });
    write("wrong.ts", 'import { check } from "ssescope";\nawait check("x", { failOn: "fatal" });\n');
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["wrong.ts"] }));
    expect((await run(process.execPath, tsc)).output).toContain("wrong.ts");
    rmSync(join(project, "wrong.ts"));
  });

  test("requires it, too", async () => {
    const script = 'require("ssescope").inspect("tides.sse").report.then(({ verdict }) => console.log(verdict))';
    expect(await run(process.execPath, "--eval", script)).toEqual({ exitCode: 0, output: "completed\n" });
  });

  test("adds the matchers to another expect, such as Jest's", async () => {
    const script =
      'globalThis.expect = { extend: (matchers) => console.log(Object.keys(matchers).join()) }; require("ssescope/jest")';
    const output = "toHaveCompleted,toHaveText,toCallTool,toPassCheck\n";
    expect(await run(process.execPath, "--eval", script)).toEqual({ exitCode: 0, output });
    expect((await run(process.execPath, "--eval", 'require("ssescope/jest")')).output).toContain(
      "needs Jest's global expect",
    );
  });

  test.each(["src/rows/README.md", "src/rows/engines/README.md"])("finds the files that %s names", async (guide) => {
    const text = readFileSync(join(ROOT, guide), "utf8");
    const rows = /^ {4}(?<setting>ROWS=\S+ \S+) {2,}in the project/m.exec(text)?.groups?.["setting"];
    const named = new Set(text.match(/\$ROWS\/[\w./-]+/g));
    expect(named.size).toBeGreaterThan(1);
    const tests = [...named].map((path) => `test -r "${path}" || echo "no ${path}"`);
    expect(await run("sh", "-c", [rows, ...tests].join("\n"))).toEqual({ exitCode: 0, output: "" });
  });

  test("finds the guide that an error about records names", async () => {
    write("records.ndjson", '{"source":"a","body":"data: x\\n\\n"}\n[]\n');
    const program = join(project, "node_modules/ssescope/bin/ssescope.js");
    const { output } = await run(process.execPath, program, "check", "--framing", "records", "records.ndjson");
    const [, guide = "", folder = ""] = /\(keys: (\S+) in (\$\(npm root\)\/\w+),/.exec(output) ?? [];
    expect(await run("sh", "-c", `test -r "${folder}/${guide}"`)).toEqual({ exitCode: 0, output: "" });
  });

  test("runs the program, and finds the schemas", async () => {
    const program = join(project, "node_modules/ssescope/bin/ssescope.js");
    expect(await run(process.execPath, program, "check", "--no-config", "tides.sse")).toMatchObject({ exitCode: 0 });
    const script = 'console.log(require("ssescope/schemas/report.schema.json").$id !== undefined)';
    expect(await run(process.execPath, "--eval", script)).toMatchObject({ exitCode: 0 });
  });
});
