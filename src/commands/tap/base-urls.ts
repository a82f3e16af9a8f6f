// How programs find a tap: base URLs and environment variables.
import { UserError } from "../../errors.ts";
import { optionsFor, usualVariables, variablesFor } from "../../tap/programs.ts";
import type { Upstream, Variable } from "../../tap/upstreams.ts";
import type { Pages } from "../../terminal/pages.ts";
import type { TapArguments } from "./arguments.ts";

/** The base URL to use in place of an upstream's. */
function baseOf({ name }: Upstream, origin: string): string {
  return name === null ? origin : `${origin}/${name}`;
}

/** Throws UserError if no upstream has that name. */
function upstreamOf({ upstream: wanted }: Variable, upstreams: readonly Upstream[]): Upstream {
  const found = wanted === null ? upstreams[0] : upstreams.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new UserError(
      `--env: there is no upstream ${wanted}`,
      `upstreams are ${upstreams.map(({ name }) => name).join(", ")}`,
    );
  }
  return found;
}

/** The variables that point programs to the tap at `origin`, with their values. */
export function environmentOf(
  upstreams: readonly Upstream[],
  origin: string,
  { env }: Pick<TapArguments, "env">,
): Readonly<Record<string, string>> {
  const isOnly = upstreams.length === 1;
  // If several upstreams have the same API, programs use the first one.
  const known = upstreams.map((upstream) => variablesFor(upstream, baseOf(upstream, origin), isOnly)).toReversed();
  const given = env.map((variable) => [variable.name, baseOf(upstreamOf(variable, upstreams), origin)]);
  return Object.assign({}, ...known, Object.fromEntries(given));
}

/** If there are more, as for an upstream of an unknown API, only the usual ones and those of --env are printed. */
const MOST_VARIABLES = 5;

/** Prints the base URLs, and on stderr the variables for programs; with --print-env, lines for a shell. */
export function writeBaseUrls(
  upstreams: readonly Upstream[],
  origin: string,
  options: Pick<TapArguments, "env" | "printEnv" | "reporter">,
  { stdout, stderr }: Pages,
): void {
  const environment = Object.entries(environmentOf(upstreams, origin, options));
  if (options.printEnv === true) {
    for (const [name, value] of environment) stdout.write(`export ${name}=${value}\n`);
    return;
  }
  // Standard output may hold the document of a reporter.
  const page = options.reporter.some(({ path }) => path === null) ? stderr : stdout;
  for (const upstream of upstreams) page.write(`${baseOf(upstream, origin)}\n`);
  const named =
    environment.length > MOST_VARIABLES
      ? environment.filter(
          ([name]) => usualVariables.has(name) || options.env.some((variable) => variable.name === name),
        )
      : environment;
  stderr.write("for programs:\n", "dim");
  for (const [name, value] of named) stderr.write(`  ${name}=${value}\n`);
  for (const option of optionsFor(Object.fromEntries(environment))) stderr.write(`  ${option}\n`);
}
