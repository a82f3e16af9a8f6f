// Checks names in kebab-case, and converts them for code.
import { ScaffoldError } from "./scaffold-error.ts";

const KEBAB_CASE = /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/;

/** Reserved words of JavaScript and TypeScript in lower case, and names that a module cannot bind. */
const RESERVED: ReadonlySet<string> = new Set(
  `arguments as async await boolean break case catch class const continue debugger default delete do else enum eval
  export extends false finally for from function get if implements import in instanceof interface let new null number
  package private protected public return set static string super switch symbol this throw true try type typeof
  undefined var void while with yield`.split(/\s+/),
);

/** Throws ScaffoldError if a name is not in kebab-case, is a reserved word, or is already in use (`taken`). */
export function checkName(name: string, taken: readonly string[] = []): void {
  if (!KEBAB_CASE.test(name)) {
    throw new ScaffoldError(`${JSON.stringify(name)} is not in kebab-case: write it like my-name`);
  }
  if (taken.includes(name)) throw new ScaffoldError(`${name} is already in use: choose another name`);
  if (RESERVED.has(name)) throw new ScaffoldError(`${name} is a reserved word: choose another name`);
}

/** `ai-sdk` becomes `aiSdk`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
