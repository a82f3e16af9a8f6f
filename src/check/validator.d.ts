// What compile-validator.js makes of config.schema.json.
declare module "ssescope:config-validator" {
  import type { ErrorObject } from "ajv/dist/2020.js";

  /** Whether a value fits the schema. If it does not, `errors` has what is wrong. */
  export const validate: { (value: unknown): boolean; readonly errors?: ErrorObject[] | null };
}
