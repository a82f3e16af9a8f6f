// Takes npm's script `prepare` out of package.json while the package is packed (`hide`), and puts it back (`show`). A clone and
// an install from git need it, for they have to build; npm warns of it where a tarball is installed, which is built already.
import { readFileSync, writeFileSync } from "node:fs";

const MANIFEST = new URL("../../package.json", import.meta.url);
const PREPARE = `    "prepare": "node prepare.js",\n`;
/** The line that it follows. */
const BEFORE = /^ {4}"build": .*\n/m;

const text = readFileSync(MANIFEST, "utf8").replace(PREPARE, "");
const isShown = process.argv[2] === "show";
writeFileSync(MANIFEST, isShown ? text.replace(BEFORE, (line) => line + PREPARE) : text);
