// From the TypeScript types of `documents.ts` to the JSON Schemas in src/schemas. ts-json-schema-generator reads the types and
// their comments; what follows makes one 2020-12 document for each schema out of its draft-07 definitions.
import path from "node:path";
import { createGenerator, type Schema } from "ts-json-schema-generator";
import { refersToReport } from "./documents.ts";
import { asSchema, type Definitions, nameOfRef, simplified, withoutWords } from "./simplify.ts";

/** Every schema by its name. Takes seconds: the compiler reads all types. */
export function generateSchemas(): ReadonlyMap<string, object> {
  const definitions = simplified(withAdditions(readDefinitions()));
  const schemas = new Map<string, object>();
  let namesInReport: readonly string[] = [];
  for (const [name, root] of Object.entries(definitions["Documents"]?.properties ?? {})) {
    const foreign = new Set(refersToReport.has(name) ? namesInReport : []);
    const { document, names } = createDocument(name, asSchema(root), definitions, foreign);
    if (name === "report") namesInReport = ["Report", ...names];
    schemas.set(name, document);
  }
  return schemas;
}

/** `foreign`: the types that the document does not define itself, but refers to in the report's schema. */
function createDocument(
  name: string,
  { title, description, ...root }: Schema,
  definitions: Definitions,
  foreign: ReadonlySet<string>,
): { readonly document: object; readonly names: readonly string[] } {
  const content = withoutWords(root.$ref === undefined ? root : (definitions[nameOfRef(root.$ref)] ?? {}));
  const names = namesUsedBy(content, definitions, foreign);
  const $defs = Object.fromEntries(names.map((each) => [lowerFirst(each), withTitle(each, definitions[each] ?? {})]));
  const head = { $schema: "https://json-schema.org/draft/2020-12/schema", $id: idOf(name), title, description };
  const document = { ...head, ...content, ...(names.length > 0 && { $defs }) };
  return { document: withReferences(document, foreign), names };
}

function readDefinitions(): Definitions {
  const generator = createGenerator({
    path: path.join(import.meta.dirname, "documents.ts"),
    // The project's own options, without the types of Node.js: no schema needs them, and they take long to read.
    tsconfig: path.join(import.meta.dirname, "types.tsconfig.json"),
    // `tsc` checks the types; the generator's own compiler is an older one.
    skipTypeCheck: true,
    sortProps: false,
  });
  const { definitions = {} } = generator.createSchema();
  return Object.fromEntries(Object.entries(definitions).map(([name, node]) => [name, asSchema(node)]));
}

/** Gives every member of a union the properties that a view adds to it. */
function withAdditions(definitions: Definitions): Definitions {
  const changed = { ...definitions };
  for (const [union, addition] of Object.entries(definitions["Additions"]?.properties ?? {})) {
    const added = definitions[nameOfRef(asSchema(addition).$ref)];
    for (const member of definitions[union]?.anyOf ?? []) {
      const name = nameOfRef(asSchema(member).$ref);
      const own = definitions[name];
      const required = [...(own?.required ?? []), ...(added?.required ?? [])];
      changed[name] = { ...own, properties: { ...own?.properties, ...added?.properties }, required };
    }
  }
  return changed;
}

const REFERENCE = /"#\/definitions\/(?<name>\w+)"/g;

/** The definitions that a schema needs, in the order in which it refers to them; not those that are `foreign`. */
function namesUsedBy(schema: Schema | undefined, definitions: Definitions, foreign: ReadonlySet<string>): string[] {
  const used = new Set<string>();
  const visit = (from: Schema | undefined): void => {
    for (const [, name = ""] of JSON.stringify(from ?? {}).matchAll(REFERENCE)) {
      if (used.has(name) || foreign.has(name)) continue;
      used.add(name);
      visit(definitions[name]);
    }
  };
  visit(schema);
  return [...used];
}

/** Turns the generator's references into those of the document. */
function withReferences(document: object, foreign: ReadonlySet<string>): object {
  const text = JSON.stringify(document).replaceAll(REFERENCE, (_, name: string) => {
    const place = name === "Report" ? "" : `#/$defs/${lowerFirst(name)}`;
    return JSON.stringify(foreign.has(name) ? `${idOf("report")}${place}` : place);
  });
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new Error("a schema is an object");
  return parsed;
}

function idOf(name: string): string {
  return `urn:ssescope:${name}:1`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Of a type without a `@title`, its name is one: `ResponseStart` is "Response start". */
function withTitle(name: string, { title, ...schema }: Schema): Schema {
  const words = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { title: title ?? words, ...schema };
}
