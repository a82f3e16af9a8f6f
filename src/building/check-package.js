// Packs the package as for publishing and checks it as users get it: its exports (publint), and that its types resolve
// and match the code, for `import` and `require` (attw).
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** ESM only, like Vitest itself. */
const ONLY_ESM = "vitest";

/** @param {readonly string[]} words */
function npx(...words) {
  execFileSync("npx", ["--no-install", ...words], { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });
}

const folder = mkdtempSync(join(tmpdir(), "ssescope-package-"));
try {
  // It would print the output of the build and a list of files.
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const [name = ""] = readdirSync(folder);
  const tarball = join(folder, name);
  npx("publint", "--strict", tarball);
  // The resolution of Node.js 10 does not support `exports`.
  npx("attw", tarball, "--profile", "node16", "--format", "ascii", "--exclude-entrypoints", ONLY_ESM);
  npx("attw", tarball, "--profile", "esm-only", "--format", "ascii", "--entrypoints", ONLY_ESM);
} finally {
  rmSync(folder, { recursive: true });
}
