// The types of the module that compile-validator.js makes from config.schema.json.
declare module "ssescope:config-validator" {
  import type { ErrorObject } from "ajv/dist/2020.js";

  /** Whether a value is valid under the schema. If not, `errors` says why. */
  export const validate: { (value: unknown): boolean; readonly errors?: ErrorObject[] | null };
}
