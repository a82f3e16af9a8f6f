// Builds the program after an install from git or of a checkout (npm's script `prepare`). Where npm was asked to install
// globally, as pre-commit asks it, it prepares a package from git without its devDependencies, for it hands `--global` on to
// the install that should bring them. So they are installed here.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const env = { ...process.env, npm_config_global: "false" };

function npm(...words) {
  const { status } = spawnSync("npm", words, { stdio: "inherit", env, shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(new URL("node_modules/rolldown", import.meta.url))) npm("ci", "--ignore-scripts", "--include=dev");
npm("run", "build");
