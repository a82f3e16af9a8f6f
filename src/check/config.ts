// Reads the config of `check`: from a directory to the settings in ssescope.config.json or package.json.
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { ErrorObject } from "ajv/dist/2020.js";
import { validate } from "ssescope:config-validator";
import { UserError } from "../errors.ts";
import type { ProfileName } from "../rules/profiles.ts";
import type { Severity } from "../model/finding.ts";
import schema from "../schemas/config.schema.json" with { type: "json" };
import { jsonText } from "../model/json-text.ts";
import { cannotRead, isSystemError } from "../sources/cannot-read.ts";
import { cut } from "../wording/cut.ts";
import { parseDuration } from "../wording/durations.ts";
import { allRuleIds, RULES_HINT } from "./all-rules.ts";
import { type Expectation, parseExpectation } from "./expectation.ts";
import { placeOfJsonFault } from "./json-place.ts";
import { nearest, suggest } from "./nearest.ts";

/** The settings of a config; null or empty if not set. */
export interface Config {
  /** As named by the user, or relative to the working directory; null if there is no config. */
  readonly path: string | null;
  readonly profile: ProfileName | null;
  readonly rules: ReadonlyMap<string, Severity | "off">;
  readonly failOn: Severity | null;
  readonly stallMs: number | null;
  /** As written; all of them are valid. */
  readonly expectations: readonly Expectation[];
}

const CONFIG_NAME = "ssescope.config.json";
const PACKAGE_NAME = "package.json";
/** The key of package.json that holds a config. */
const PACKAGE_KEY = "ssescope";

export const NO_CONFIG: Config = {
  path: null,
  profile: null,
  rules: new Map(),
  failOn: null,
  stallMs: null,
  expectations: [],
};

/** A config file's contents; `src/schemas/config.schema.json`, which validates it, is generated from this. */
export interface ConfigFile {
  /** Path or URL of this schema, for editors. */
  readonly $schema?: string;
  /** Rule set: what OpenAI's own streams do, the MUSTs of the Open Responses specification, or only what loses or corrupts a response. */
  readonly profile?: ProfileName;
  /** Severities by rule id; off: no findings. */
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  /** Lowest severity that fails the check. */
  readonly failOn?: Severity;
  /** The longest silence that is not a stall: a duration such as 15s or 500ms. */
  readonly stallThreshold?: string;
  /** Expectations for every stream: a key, an operator and a value each, such as usage.outputTokens<=500. */
  readonly expect?: readonly string[];
}

/** A config before validation, and its name in messages. */
interface FoundConfig {
  readonly path: string;
  /** The place of the config in its file. */
  readonly place: readonly string[];
  readonly value: unknown;
}

/**
 * Reads the named config, or else the nearest one: in `cwd` or the first directory above that has one; in one
 * directory, ssescope.config.json takes precedence over package.json. Throws UserError if it cannot be read or is
 * invalid.
 */
export async function readConfig(cwd: string, explicitPath: string | null): Promise<Config> {
  const found = explicitPath === null ? await findConfig(cwd) : await readNamed(cwd, explicitPath);
  return found === null ? NO_CONFIG : checked(found);
}

async function findConfig(cwd: string): Promise<FoundConfig | null> {
  let directory = resolve(cwd);
  for (;;) {
    for (const name of [CONFIG_NAME, PACKAGE_NAME]) {
      const path = join(directory, name);
      const text = await readIfThere(path, relative(cwd, path));
      const found = text === null ? null : configIn(text, relative(cwd, path));
      if (found !== null) return found;
    }
    const parent = dirname(directory);
    if (parent === directory) return null;
    directory = parent;
  }
}

async function readNamed(cwd: string, path: string): Promise<FoundConfig> {
  const text = await readFile(resolve(cwd, path), "utf8").catch((error: unknown) => {
    throw new UserError(cannotRead(path, error).message, "name an existing config, or omit --config");
  });
  const found = configIn(text, path);
  if (found === null) throw new UserError(`${path} has no key "${PACKAGE_KEY}"`, "put the config under that key");
  return found;
}

/** Null if there is no such file. */
async function readIfThere(path: string, shownPath: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw new UserError(cannotRead(shownPath, error).message);
  }
}

/** Null if a package.json has no config; if it does not contain the key, it need not even be JSON. */
function configIn(text: string, path: string): FoundConfig | null {
  if (basename(path) !== PACKAGE_NAME) return { path, place: [], value: parseJson(text, path) };
  if (!text.includes(`"${PACKAGE_KEY}"`)) return null;
  const manifest = parseJson(text, path);
  if (typeof manifest !== "object" || manifest === null || !(PACKAGE_KEY in manifest)) return null;
  return { path, place: [PACKAGE_KEY], value: manifest[PACKAGE_KEY] };
}

function parseJson(text: string, path: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch {
    const place = placeOfJsonFault(json);
    const where = place === null ? "" : ` at line ${place.line}, column ${place.column}`;
    const hint = "JSON has double quotes, no comments, and no comma after the last entry";
    throw new UserError(`${path} is not valid JSON${where}`, hint);
  }
}

/**
 * The settings that a program passes in the form of a config. `name`: its name in messages. Throws UserError if it is
 * invalid.
 */
export function configOf(value: ConfigFile, name: string): Config {
  return checked({ path: name, place: [], value });
}

function isConfigFile(value: unknown): value is ConfigFile {
  return validate(value);
}

function checked(found: FoundConfig): Config {
  const { path, value } = found;
  if (!isConfigFile(value)) {
    const [fault] = validate.errors ?? [];
    throw fault === undefined ? new UserError(`${path} is not a valid config`) : faultOf(found, fault);
  }
  const rules = new Map(Object.entries(value.rules ?? {}));
  for (const id of rules.keys()) if (!allRuleIds().includes(id)) throw unknownRule(found, id);
  const expectations = (value.expect ?? []).map((text, index) => readExpectation(text, found, index));
  const stallMs = value.stallThreshold === undefined ? null : readDuration(value.stallThreshold, found);
  return { path, profile: value.profile ?? null, rules, failOn: value.failOn ?? null, stallMs, expectations };
}

function faultOf(found: FoundConfig, { keyword, instancePath, params, data, message }: ErrorObject): UserError {
  const keys = instancePath.split("/").slice(1);
  const wrong = (what: string, hint: string | null) => new UserError(describe(found, keys, what), hint);
  const { additionalProperty, allowedValues, type }: Readonly<Record<string, unknown>> = params;
  if (keyword === "additionalProperties") {
    const key = String(additionalProperty);
    return wrong(`there is no key ${quote(key)}`, suggest(key, Object.keys(schema.properties)));
  }
  if (keyword === "enum" && Array.isArray(allowedValues)) {
    const allowed = allowedValues.map(String);
    const near = typeof data === "string" ? nearest(data, allowed) : null;
    return wrong(`${quote(data)} is not one of ${allowed.join(", ")}`, near === null ? null : `did you mean ${near}?`);
  }
  const wanted = keyword === "type" ? NAME_OF_TYPE[String(type)] : undefined;
  return wrong(wanted === undefined ? (message ?? keyword) : `${quote(data)} is not a ${wanted}`, null);
}

const NAME_OF_TYPE: Readonly<Record<string, string>> = { object: "JSON object", array: "list", string: "string" };

function unknownRule(found: FoundConfig, id: string): UserError {
  return new UserError(
    describe(found, ["rules"], `there is no rule ${quote(id)}`),
    suggest(id, allRuleIds(), RULES_HINT),
  );
}

function readDuration(text: string, found: FoundConfig): number {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new UserError(
    describe(found, ["stallThreshold"], `expected a duration such as 15s, but got ${quote(text)}`),
    null,
  );
}

function readExpectation(text: string, found: FoundConfig, index: number): Expectation {
  try {
    return parseExpectation(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(describe(found, ["expect", String(index)], error.message), error.hint);
  }
}

/** Names the place: `ssescope.config.json, in expect, entry 1` for expect/0. */
function describe({ path, place }: FoundConfig, keys: readonly string[], what: string): string {
  const words = [...place, ...keys].map((key) => {
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    return /^\d+$/.test(name) ? `entry ${Number(name) + 1}` : name;
  });
  return `${path}${words.length === 0 ? "" : `, in ${words.join(", ")}`}: ${what}`;
}

const LONGEST_QUOTE = 100;

function quote(value: unknown): string {
  return cut(jsonText(value), LONGEST_QUOTE);
}
