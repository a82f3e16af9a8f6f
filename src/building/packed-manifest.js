// Removes npm's script `prepare` from package.json while the package is packed (`hide`), and restores it (`show`). A
// clone and an install from git need it because they build; for a tarball, which is built already, npm would print a
// warning.
import { readFileSync, writeFileSync } from "node:fs";

const MANIFEST = new URL("../../package.json", import.meta.url);
const PREPARE = `    "prepare": "node prepare.js",\n`;
/** The line before it. */
const BEFORE = /^ {4}"build": .*\n/m;

const text = readFileSync(MANIFEST, "utf8").replace(PREPARE, "");
const isShown = process.argv[2] === "show";
writeFileSync(MANIFEST, isShown ? text.replace(BEFORE, (line) => line + PREPARE) : text);
