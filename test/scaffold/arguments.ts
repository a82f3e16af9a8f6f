// What was asked for on the command line, and how to ask.
import type { Kind } from "./kind.ts";
import { kinds } from "./kinds/index.ts";
import { ScaffoldError } from "./scaffold-error.ts";

export interface Request {
  readonly kind: Kind;
  readonly name: string;
  /** Where it goes, for kinds that ask for a place; null if nothing was said. */
  readonly place: string | null;
}

const USAGE_WIDTH = 52;

export const help = [
  "npm run new <kind> <name>",
  "",
  "Writes source, list entry, fixture, test and docs of something new, which pass as they are: TODO marks what to replace.",
  "",
  ...kinds.map(({ name, place, summary }) => `  ${`${name} <name> ${place}`.trim().padEnd(USAGE_WIDTH)}  ${summary}`),
  "",
  "Names are in kebab-case. The place of a rule may also be an option: npm run new rule <name> -- --in general/usage",
].join("\n");

/**
 * Reads the command line; null: help was asked for. Of `--in PLACE` npm hands on PLACE alone, and `--in=PLACE` only in the
 * environment. Throws ScaffoldError.
 */
export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv): Request | null {
  if (argv.includes("--help") || argv.includes("-h")) return null;
  const words = argv.filter((word) => word !== "--in").map((word) => word.replace(/^--in=/, ""));
  const unknown = words.find((word) => word.startsWith("-"));
  if (unknown !== undefined) throw new ScaffoldError(`unknown option ${unknown}: see npm run new -- --help`);
  const [kindName = "", name, place = placeFrom(env), ...rest] = words;
  const kind = kinds.find((kind) => kind.name === kindName);
  if (kind === undefined) {
    throw new ScaffoldError(
      `expected ${kinds.map(({ name }) => name).join(", ")}, but got ${JSON.stringify(kindName)}`,
    );
  }
  if (name === undefined) throw new ScaffoldError(`expected the name of the ${kind.name}`);
  const unexpected = kind.place === "" ? place : rest[0];
  if (unexpected) throw new ScaffoldError(`unexpected argument ${unexpected}`);
  return { kind, name, place };
}

function placeFrom({ npm_config_in: value }: NodeJS.ProcessEnv): string | null {
  return value?.includes("/") ? value : null;
}
