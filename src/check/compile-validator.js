// Compiles the config's schema to a function and exports it: to rolldown when the program is built, and to vitest,
// which runs the sources. The program itself needs no schema compiler.
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import schema from "../schemas/config.schema.json" with { type: "json" };

/** The import name of the compiled module; `validator.d.ts` declares its contents. */
const NAME = "ssescope:config-validator";
const RESOLVED = `\0${NAME}`;

/** The code of a module. */
function compileValidator() {
  // `verbose` adds the invalid value to each error.
  const ajv = new Ajv2020({ verbose: true, code: { source: true, esm: true } });
  return standaloneCode.default(ajv, ajv.compile(schema));
}

/**
 * A plugin for rolldown and vite.
 * @returns {{ name: string, resolveId(id: string): string | null, load(id: string): string | null }}
 */
export function configValidator() {
  return {
    name: "config-validator",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? compileValidator() : null),
  };
}
