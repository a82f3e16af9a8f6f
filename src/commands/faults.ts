// Converts the options for faults to the faults to inject.
import { UserError } from "../errors.ts";
import { type Faults, NO_FAULTS } from "../replay/faults.ts";
import type { faultOptions } from "./options/faults.ts";
import type { ArgumentsOf } from "./options/option.ts";

/** The faults to inject; NO_FAULTS if there are none. Throws UserError for --faulty without a fault. */
export function faultsOf(options: ArgumentsOf<typeof faultOptions>): Faults {
  const { cutAfter, reset, stallAfter, drop, repeat, chunkSize, buffer, status, faulty } = options;
  const all = [cutAfter, reset, stallAfter, drop, repeat, chunkSize, buffer, status];
  if (faulty !== undefined && all.every((fault) => fault === undefined)) {
    throw new UserError("--faulty needs a fault", "for example --status 503");
  }
  if (all.every((fault) => fault === undefined)) return NO_FAULTS;
  return {
    cutAfter: options.cutAfter ?? null,
    reset: options.reset === true,
    stallAfter: options.stallAfter ?? null,
    drop: options.drop ?? new Set(),
    repeat: options.repeat ?? new Set(),
    chunkBytes: options.chunkSize ?? null,
    buffer: options.buffer === true,
    status: options.status ?? null,
  };
}
