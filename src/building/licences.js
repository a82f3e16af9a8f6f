// The licences of the packages in the bundle: most must be included in every copy.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENCE_FILE = /^licen[cs]e(?:[-.].*)?$/i;

/**
 * The text of all licences, given the paths of the bundled modules. Throws if a package has none.
 * @param {readonly string[]} modules
 */
export function licencesOf(modules) {
  const folders = new Set(modules.flatMap((path) => folderOf(path) ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => LICENCE_FILE.test(entry));
    if (file === undefined) throw new Error(`${name}, which is bundled, has no file with its licence`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `The program contains code of these packages.\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
}

/**
 * The folder of a module's package; null if the module is part of this project.
 * @param {string} path
 */
function folderOf(path) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path.replace(/^\0/, ""))?.[0] ?? null;
}
