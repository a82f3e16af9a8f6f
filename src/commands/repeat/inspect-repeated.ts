// `ssescope URL --repeat N`: prints the statistics of many requests.
import { UserError } from "../../errors.ts";
import { EXIT_BUG, EXIT_INTERRUPTED, type ExitCode, worstExitCode } from "../../model/exit-codes.ts";
import type { Io } from "../../io.ts";
import { createCollection } from "../../stats/collect.ts";
import { usualKey } from "../../stats/group-key.ts";
import { statisticsOf } from "../../stats/summarize.ts";
import { preparePages } from "../../terminal/prepare-page.ts";
import { flushTalk, type Pages } from "../../terminal/pages.ts";
import type { FilterArguments } from "../options/filter.ts";
import type { OutputArguments } from "../options/output.ts";
import type { RepeatArguments } from "../options/repeat.ts";
import type { StreamArguments } from "../options/stream.ts";
import { defaultRules } from "../read-options.ts";
import { printStatistics } from "../stats/print.ts";
import { checkRepeat } from "./check-repeat.ts";
import { gatherRepeated } from "./gather-repeated.ts";

type Arguments = OutputArguments & FilterArguments & RepeatArguments & StreamArguments;

/** Prints statistics by model and returns the worst exit code. Throws UserError if the options do not fit. */
export async function inspectRepeated(
  names: readonly string[],
  options: Arguments,
  io: Io,
  pages: Pages,
): Promise<number> {
  await preparePages(pages, options.color || "never", io, "people");
  const url = checkRepeat(names, options, io);
  refuseViews(options);
  const collection = createCollection([usualKey()]);
  const demands = { rules: defaultRules(options), expectations: [], failOn: "error" } as const;
  const context = { options, demands, io, pages, isQuiet: options.quiet === true };
  const { exitCode, bugs, unreadable } = await gatherRepeated(url, collection, context);
  const interrupted = io.interrupt.aborted;
  await printStatistics(
    pages.stdout,
    statisticsOf(collection, { interrupted, unreadable }),
    options.json ? "json" : "table",
  );
  await pages.stdout.flush();
  await flushTalk(pages.stderr);
  const codes: ExitCode[] = [exitCode];
  if (bugs > 0) codes.push(EXIT_BUG);
  if (interrupted) codes.push(EXIT_INTERRUPTED);
  return worstExitCode(codes);
}

/** Refuses options for showing streams, because none is shown. */
function refuseViews({ format, show, only, grep, range, around, fold }: Arguments): void {
  for (const [option, value] of Object.entries({ format, show, only, grep, range, around, fold })) {
    if (value === undefined) continue;
    throw new UserError(
      `--repeat prints statistics, so --${option} has no effect`,
      "keep the streams with --record DIR, then inspect them; for other formats: ssescope stats URL --repeat",
    );
  }
}
