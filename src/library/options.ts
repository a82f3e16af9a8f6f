// Converts the library's options to those of the pipeline and the check.
import { configOf, type ConfigFile } from "../check/config.ts";
import type { Demands } from "../check/judge.ts";
import { suggest } from "../check/nearest.ts";
import { dialects } from "../dialects/index.ts";
import { UserError } from "../errors.ts";
import { framings } from "../framing/index.ts";
import type { Severity } from "../model/finding.ts";
import type { InspectOptions as ReadingOptions } from "../pipeline/inspect-source.ts";
import { DEFAULT_POLICY } from "../rules/policy.ts";
import type { ProfileName } from "../rules/profiles.ts";
import type { DialectName, FramingName } from "./format-names.ts";
import { keysOf, refuseUnknown } from "./known-options.ts";

/** How an input is read. */
export interface InspectOptions {
  /** Ends the reading. The promises settle with the report of what was read until then; `interrupted` is true. */
  readonly signal?: AbortSignal | undefined;
  /** The name of the input in reports and messages. Default: its path, or its URL without secrets. */
  readonly name?: string | undefined;
  /** The protocol of the events, such as `openai-responses`. Default: detected. */
  readonly dialect?: DialectName | undefined;
  /** How the events are wrapped, such as `sse` or `ndjson`. Default: detected. */
  readonly framing?: FramingName | undefined;
  /** The rule set. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Severities of single rules, by rule id; `off`: no findings. */
  readonly rules?: Readonly<Record<string, Severity | "off">> | undefined;
  /** The longest silence that is not a stall: a duration such as `15s`. */
  readonly stallThreshold?: string | undefined;
}

/** What a stream must be. */
export interface CheckOptions extends InspectOptions {
  /** Expectations such as `verdict=completed`, `tool=get_weather` or `ttft<=2s`, as for `ssescope check --expect`. */
  readonly expect?: readonly string[] | undefined;
  /** The lowest severity that fails the check. Default: `error`. */
  readonly failOn?: Severity | undefined;
}

const INSPECT_KEYS = keysOf<InspectOptions>({
  signal: true,
  name: true,
  dialect: true,
  framing: true,
  profile: true,
  rules: true,
  stallThreshold: true,
});

const DEMANDS = { expect: true, failOn: true } as const;
const CHECK_KEYS = [...INSPECT_KEYS, ...keysOf<Omit<CheckOptions, keyof InspectOptions>>(DEMANDS)];

/** Throws UserError for options that `inspect` does not have. */
export function refuseForInspect(options: unknown): void {
  const hint = "give it to check()";
  refuseUnknown("inspect", options, INSPECT_KEYS, { expect: hint, failOn: hint });
}

/** Throws UserError for options that `check`, or the matcher that calls it, does not have. */
export function refuseForCheck(functionName: string, options: unknown): void {
  refuseUnknown(functionName, options, CHECK_KEYS);
}

/** The rules and expectations in the options. Throws UserError for invalid ones. */
export function demandsOf({ profile, rules, stallThreshold, expect, failOn }: CheckOptions): Demands {
  const config = configOf(given({ profile, rules, stallThreshold, expect, failOn }), "options");
  return {
    rules: {
      profile: config.profile ?? DEFAULT_POLICY.profile,
      overrides: config.rules,
      stallMs: config.stallMs ?? DEFAULT_POLICY.stallMs,
    },
    expectations: config.expectations,
    failOn: config.failOn ?? "error",
  };
}

/** Drops undefined keys, which JSON, and so a config, does not have. */
function given(options: { readonly [Key in keyof ConfigFile]: ConfigFile[Key] | undefined }): ConfigFile {
  const { profile, rules, stallThreshold, expect, failOn } = options;
  return {
    ...(profile !== undefined && { profile }),
    ...(rules !== undefined && { rules }),
    ...(stallThreshold !== undefined && { stallThreshold }),
    ...(expect !== undefined && { expect }),
    ...(failOn !== undefined && { failOn }),
  };
}

/** The dialect and framing in the options. Throws UserError for unknown names. */
export function formatOf({ dialect, framing }: InspectOptions): Pick<ReadingOptions, "dialect" | "framing"> {
  return { dialect: known("dialect", dialect, dialects), framing: known("framing", framing, framings) };
}

function known<Name extends string>(
  kind: string,
  name: string | undefined,
  all: readonly { readonly name: Name }[],
): Name | null {
  if (name === undefined) return null;
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found.name;
  throw new UserError(
    `there is no ${kind} ${name}`,
    suggest(
      name,
      all.map((each) => each.name),
    ),
  );
}
