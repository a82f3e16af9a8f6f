// The command line of `npm run new`, and its help.
import { parseArgs } from "node:util";
import type { Kind } from "./kind.ts";
import { kinds } from "./kinds/index.ts";
import { ScaffoldError } from "./scaffold-error.ts";

export interface Request {
  readonly kind: Kind;
  readonly name: string;
  /** The place of a rule; null if none was given. */
  readonly place: string | null;
}

const USAGE_WIDTH = 52;

export const help = [
  "npm run new <kind> <name>",
  "",
  "Writes source, list entry, fixture, test and docs for a new component; all of it passes as generated. TODO marks what to replace.",
  "",
  ...kinds.map(({ name, place, summary }) => `  ${`${name} <name> ${place}`.trim().padEnd(USAGE_WIDTH)}  ${summary}`),
  "",
  "Names are in kebab-case. The place of a rule may also be an option: npm run new rule <name> -- --in general/usage",
].join("\n");

/**
 * Parses the command line; null: it requests help. Without `--`, npm passes on only the value of `--in PLACE`, and that
 * of `--in=PLACE` in the environment. Throws ScaffoldError.
 */
export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv): Request | null {
  const { values, positionals } = parse(argv);
  if (values.help === true) return null;
  const [kindName = "", name, positional, ...rest] = positionals;
  const kind = kinds.find((kind) => kind.name === kindName);
  if (kind === undefined) {
    const names = kinds.map(({ name }) => name).join(", ");
    throw new ScaffoldError(`expected ${names}, but got ${JSON.stringify(kindName)}`);
  }
  if (name === undefined) throw new ScaffoldError(`expected the name of the ${kind.name}`);
  const place = values.in ?? positional ?? placeIn(env);
  const unexpected = rest[0] ?? (kind.place === "" ? place : null);
  if (unexpected !== null) throw new ScaffoldError(`unexpected argument ${unexpected}`);
  return { kind, name, place };
}

function parse(argv: readonly string[]) {
  try {
    const options = { help: { type: "boolean", short: "h" }, in: { type: "string" } } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new ScaffoldError(error instanceof Error ? error.message : String(error));
  }
}

function placeIn({ npm_config_in: value }: NodeJS.ProcessEnv): string | null {
  return value?.includes("/") ? value : null;
}
