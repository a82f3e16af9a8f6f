// The JSON schema of a row.
import { type BaseType, typeOf } from "../../src/rows/column.ts";
import { columns } from "../../src/rows/columns.ts";
import { ROW_SCHEMA } from "../../src/rows/columns/identity.ts";

const TYPES: Readonly<Record<BaseType, { readonly type: string } & Readonly<Record<string, unknown>>>> = {
  string: { type: "string" },
  integer: { type: "integer" },
  double: { type: "number" },
  boolean: { type: "boolean" },
  timestamp: { type: "string" },
  counts: { type: "object", additionalProperties: { type: "integer", minimum: 1 } },
};

/** The schema; closed, as this version writes rows. */
export function rowSchema(): object {
  const properties = Object.fromEntries(
    columns.map((column) => {
      const { base, isNullable } = typeOf(column);
      const { type, ...rest } = TYPES[base];
      const content = column.name === "schema" ? { const: ROW_SCHEMA } : { type: isNullable ? [type, "null"] : type };
      return [column.name, { description: column.meaning, ...content, ...rest }];
    }),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:ssescope:row:1",
    title: "ssescope row",
    description:
      "A line of --reporter rows: one response, flat; or a stream without responses, or a source that could not be read. " +
      "A number that was not reported is null, never 0 and never estimated. Columns about the stream have the same value " +
      "on each of its rows. Closed, as this version prints it: later versions may add keys under the same schema, so a " +
      "reader should let unknown ones pass.",
    type: "object",
    properties,
    required: columns.map(({ name }) => name),
    additionalProperties: false,
  };
}
