// The generator's definitions in a form that is easier to read and gives better errors: numbers and unions without
// indirection, allowed values without a type, the type and required properties first.
import type { Schema } from "ts-json-schema-generator";

export type Definitions = Readonly<Record<string, Schema>>;
type Node = Schema | boolean;

const PREFIX = "#/definitions/";

/** The name of the definition that a reference of the generator points to. */
export function nameOfRef(reference = ""): string {
  if (!reference.startsWith(PREFIX)) throw new Error(`not a reference to a definition: "${reference}"`);
  return reference.slice(PREFIX.length);
}

/** Throws for a node that is not a schema with keywords: `true`, `false`, or a list. */
export function asSchema(node: Node | readonly Node[]): Schema {
  if (typeof node !== "object" || "map" in node) throw new Error(`not a schema object: ${JSON.stringify(node)}`);
  return node;
}

/** Keys may have the value undefined: JSON has none. */
export function simplified(definitions: Definitions): Definitions {
  return Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, simplify(schema)]));

  function simplify({ title, description, ...schema }: Schema): Schema {
    return { title, description, ...simplifyRest(schema) };
  }

  function simplifyRest(schema: Schema): Schema {
    const target = targetOf(schema);
    if (target.anyOf !== undefined) return simplifyUnion(membersOf(target));
    // The names and comments of number types are for programmers; the schema needs their bounds.
    const { $ref: _, ...own } = schema;
    if (isNumber(target)) return { ...withoutWords(target), ...own };
    // With `type`, the error for a value of another type would not list the allowed values.
    if (isLiteral(schema)) return { ...schema, type: undefined, ...(schema.enum && { enum: sorted(schema.enum) }) };
    const { type, properties, required, items, additionalProperties, ...rest } = schema;
    return {
      type,
      ...(properties && simplifyProperties(properties, new Set(required))),
      ...(items !== undefined && { items: simplify(asSchema(items)) }),
      ...rest,
      additionalProperties:
        typeof additionalProperties === "object" ? simplify(additionalProperties) : additionalProperties,
    };
  }

  function simplifyProperties(
    properties: Readonly<Record<string, Node>>,
    required: ReadonlySet<string>,
  ): Pick<Schema, "properties" | "required"> {
    const ofRequired = Object.keys(properties).filter((key) => required.has(key));
    const first = ofRequired.filter((key) => key === "schema" || key === "type");
    const keys = [...new Set([...first, ...ofRequired, ...Object.keys(properties)])];
    return {
      properties: Object.fromEntries(keys.map((key) => [key, simplify(asSchema(properties[key] ?? false))])),
      ...(required.size > 0 && { required: keys.filter((key) => required.has(key)) }),
    };
  }

  function simplifyUnion(members: readonly Schema[]): Schema {
    const others = members.filter(({ type }) => type !== "null");
    const [only = {}] = others;
    if (others.length === 1 && members.length === 2) {
      const value = simplify(only);
      return isNumber(value)
        ? { ...withoutWords(value), type: [...typesOf(value), "null"] }
        : { anyOf: [value, { type: "null" }] };
    }
    const values = members.map((member) => valuesOf(targetOf(member)));
    if (values.every((list) => list !== null)) return { enum: sorted(values.flat()) };
    return { anyOf: members.map(simplify) };
  }

  /** Those of a union, with those of the unions in it. */
  function membersOf(schema: Schema): Schema[] {
    const { anyOf } = targetOf(schema);
    return anyOf === undefined ? [schema] : anyOf.flatMap((member) => membersOf(asSchema(member)));
  }

  function targetOf(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : (definitions[nameOfRef(schema.$ref)] ?? {});
  }
}

/** A schema without the title and description of its type. */
export function withoutWords({ title: _title, description: _description, ...schema }: Schema): Schema {
  return schema;
}

function isLiteral(schema: Schema): boolean {
  return schema.const !== undefined || schema.enum !== undefined;
}

function isNumber(schema: Schema): boolean {
  return !isLiteral(schema) && (schema.type === "number" || schema.type === "integer");
}

function typesOf({ type = [] }: Schema): Exclude<Schema["type"], string | undefined> {
  return Array.isArray(type) ? type : [type];
}

type Values = NonNullable<Schema["enum"]>;

/** The values that are allowed; null where a schema does not list them. */
function valuesOf({ const: value, enum: values, type }: Schema): Values | null {
  if (type === "null") return [null];
  return value === undefined ? (values ?? null) : [value];
}

/** Numbers by size; words keep their order, which has a meaning. */
function sorted(values: Values): Values {
  return values.every((value) => typeof value === "number") ? [...values].sort((a, b) => a - b) : values;
}
