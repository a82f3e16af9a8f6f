// Checks that machine formats are valid.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import checkSchema from "../../src/schemas/check.schema.json" with { type: "json" };
import factsSchema from "../../src/schemas/facts.schema.json" with { type: "json" };
import reportSchema from "../../src/schemas/report.schema.json" with { type: "json" };
import wireSchema from "../../src/schemas/wire.schema.json" with { type: "json" };
import { reporters } from "../../src/reporters/index.ts";
import { BrokenPromise } from "./perform.ts";

const schemas = { wire: wireSchema, facts: factsSchema, report: reportSchema, check: checkSchema } as const;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(Object.values(schemas));
const { $schema: _draft, id: _id, ...sarif } = sarifSchema;
const isSarif = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(sarif);

/** Throws BrokenPromise if a record does not match the schema of its format. */
export function refuseInvalid(format: keyof typeof schemas, record: unknown): void {
  const validate = ajv.getSchema(schemas[format].$id);
  if (validate?.(record) === true) return;
  const [fault] = validate?.errors ?? [];
  throw new BrokenPromise(`the ${format} schema refuses ${fault?.instancePath} ${fault?.message}`);
}

/** Consecutive JSON documents; each begins with a brace at the start of a line. */
export function parseDocuments(text: string): unknown[] {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new BrokenPromise("the last line has no end");
  return text.split(/\n(?=\{)/).map((json): unknown => JSON.parse(json));
}

/** Options of `check` that make every reporter write into a folder. */
export function reportersTo(folder: string): string[] {
  return reporters.flatMap(({ name }) => ["--reporter", `${name}=${join(folder, name)}`]);
}

/** The files of all reporters as one text, without the path of the folder. Throws BrokenPromise. */
export function readReports(folder: string): string {
  const texts = new Map<string, string>();
  for (const { name } of reporters) texts.set(name, readFileSync(join(folder, name), "utf8"));
  const of = (name: string): string => texts.get(name) ?? "";
  refuseInvalidXml(of("junit"));
  if (!isSarif(JSON.parse(of("sarif")))) {
    const [fault] = isSarif.errors ?? [];
    throw new BrokenPromise(`the sarif schema refuses ${fault?.instancePath} ${fault?.message}`);
  }
  for (const line of of("ndjson").split("\n").slice(0, -1)) JSON.parse(line);
  JSON.parse(of("json"));
  for (const [, json] of of("html").matchAll(/data-part="\w+">(.*)<\/script>/g)) JSON.parse(json ?? "");
  for (const [name, text] of texts) if (text.includes("\0")) throw new BrokenPromise(`${name} has a NUL`);
  return Array.from(texts.values()).join("\n").replaceAll(folder, "");
}

let junit: XsdValidator | null = null;

function refuseInvalidXml(xml: string): void {
  junit ??= XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync("test/reporters/support/jenkins-junit.xsd")));
  const document = XmlDocument.fromString(xml);
  try {
    junit.validate(document);
  } finally {
    document.dispose();
  }
}
