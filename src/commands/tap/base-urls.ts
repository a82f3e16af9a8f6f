// Where programs find a tap.
import { optionsFor, usualVariables, variablesFor } from "../../tap/programs.ts";
import type { Upstream } from "../../tap/upstreams.ts";
import type { Pages } from "../../terminal/pages.ts";
import type { TapArguments } from "./arguments.ts";

/** The base URL to use in place of an upstream's. */
function baseOf({ name }: Upstream, origin: string): string {
  return name === null ? origin : `${origin}/${name}`;
}

/** The variables that send programs to the tap at `origin`, each with its value. */
export function environmentOf(
  upstreams: readonly Upstream[],
  origin: string,
  { env }: Pick<TapArguments, "env">,
): Readonly<Record<string, string>> {
  const known = upstreams.map((upstream) => variablesFor(upstream, baseOf(upstream, origin)));
  const [first] = upstreams;
  const given = first === undefined ? [] : env.map((name) => [name, baseOf(first, origin)]);
  return Object.assign({}, ...known, Object.fromEntries(given));
}

/** More are not told: those of an upstream that is nobody's that is known. */
const MOST_VARIABLES = 5;

/** Prints the base URLs, and on stderr what programs need; or lines for a shell, if those are asked for. */
export function writeBaseUrls(
  upstreams: readonly Upstream[],
  origin: string,
  options: Pick<TapArguments, "env" | "printEnv">,
  { stdout, stderr }: Pages,
): void {
  const environment = Object.entries(environmentOf(upstreams, origin, options));
  if (options.printEnv === true) {
    for (const [name, value] of environment) stdout.write(`export ${name}=${value}\n`);
    return;
  }
  for (const upstream of upstreams) stdout.write(`${baseOf(upstream, origin)}\n`);
  const named =
    environment.length > MOST_VARIABLES
      ? environment.filter(([name]) => usualVariables.has(name) || options.env.includes(name))
      : environment;
  stderr.write("for programs:\n", "dim");
  for (const [name, value] of named) stderr.write(`  ${name}=${value}\n`);
  for (const upstream of upstreams) {
    for (const option of optionsFor(upstream, baseOf(upstream, origin))) stderr.write(`  ${option}\n`);
  }
}
