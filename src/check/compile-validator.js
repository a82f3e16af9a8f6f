// Compiles the schema of the config to a function, and gives it to whoever imports it: to rolldown when the program is built,
// and to vitest, which runs the sources. So the program needs no compiler of schemas.
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import schema from "../schemas/config.schema.json" with { type: "json" };

/** What config.ts imports; `validator.d.ts` says what is in it. */
const NAME = "ssescope:config-validator";
const RESOLVED = `\0${NAME}`;

/** The code of a module. */
function compileValidator() {
  // `verbose` puts the value that is wrong beside what is wrong with it.
  const ajv = new Ajv2020({ verbose: true, code: { source: true, esm: true } });
  return standaloneCode.default(ajv, ajv.compile(schema));
}

/**
 * A plugin of rolldown, and of vite.
 * @returns {{ name: string, resolveId(id: string): string | null, load(id: string): string | null }}
 */
export function configValidator() {
  return {
    name: "config-validator",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? compileValidator() : null),
  };
}
