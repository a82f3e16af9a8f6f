// The options of `ssescope tap`.
import { demandOptions } from "../options/check.ts";
import { faultOptions } from "../options/faults.ts";
import { filterOptions } from "../options/filter.ts";
import { inputOptions } from "../options/input.ts";
import { connectionOptions } from "../options/network.ts";
import type { ArgumentsOf } from "../options/option.ts";
import { colorOptions } from "../options/output.ts";
import { addressOptions } from "../options/server.ts";
import { tapOptions } from "../options/tap.ts";

export const allOptions = [
  ...tapOptions,
  ...demandOptions,
  ...filterOptions,
  ...colorOptions,
  ...addressOptions,
  ...inputOptions,
  ...connectionOptions,
  ...faultOptions,
] as const;

export type TapArguments = ArgumentsOf<typeof allOptions>;
