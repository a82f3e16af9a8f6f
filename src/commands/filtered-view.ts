// Applies --only, --grep, --range, --around and --fold to a format.
import { UserError } from "../errors.ts";
import { filteredView } from "../views/filter/filtered.ts";
import { events } from "../views/events.ts";
import type { View } from "../views/view.ts";
import type { FilterArguments } from "./options/filter.ts";

/** The first filter in the options; null if there is none. */
function filterAskedFor({ only, grep, range, around, fold }: FilterArguments): string | null {
  if (only !== undefined) return "only";
  if (grep !== undefined) return "grep";
  if (range !== undefined) return "range";
  if (around !== undefined) return "around";
  return fold === true ? "fold" : null;
}

/** The format: the given one, or events if only a filter is given. */
export function formatOf<Name extends string>(
  options: FilterArguments & { readonly format?: Name | undefined },
): Name | typeof events.name | undefined {
  return options.format ?? (filterAskedFor(options) === null ? undefined : events.name);
}

/** Applies the given filters to the view. Throws UserError if they do not fit it. */
export function filteredAsAsked(view: View, options: FilterArguments): View {
  const asked = filterAskedFor(options);
  if (asked === null) return view;
  if (view.filtered === undefined) {
    throw new UserError(
      `--${asked} is for --format events, wire and facts, not ${view.name}`,
      "without --format, a filter prints events",
    );
  }
  if (options.fold === true && view.filtered === "records") {
    throw new UserError(
      `--fold is for --format events and facts, not ${view.name}`,
      "a record cannot be joined with others",
    );
  }
  return filteredView(view, {
    only: options.only ?? null,
    grep: options.grep ?? null,
    range: options.range ?? null,
    isAroundFindings: options.around !== undefined,
    folds: options.fold === true,
  });
}
