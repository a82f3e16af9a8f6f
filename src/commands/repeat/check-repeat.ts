// Checks before anything is sent that the options of a repeated request fit each other.
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { isUrl } from "../../sources/index.ts";
import { checkSources } from "../check-sources.ts";
import type { RepeatArguments } from "../options/repeat.ts";
import type { StreamArguments } from "../options/stream.ts";

/** Throws UserError for options that need --repeat. */
export function refuseWithoutRepeat({ repeat, concurrency, rate }: RepeatArguments): void {
  if (repeat !== undefined) return;
  for (const [option, value] of Object.entries({ concurrency, rate })) {
    if (value !== undefined) throw new UserError(`--${option} needs --repeat`, `for example --repeat 50`);
  }
}

/** Returns the URL to request. Throws UserError if sources and options do not fit a repeated request. */
export function checkRepeat(names: readonly string[], options: StreamArguments, io: Pick<Io, "stdin">): string {
  const [url = ""] = names;
  if (names.length !== 1 || !isUrl(url)) {
    throw new UserError(
      names.length > 1 ? `--repeat takes one URL, but ${names.length} sources were given` : "--repeat needs a URL",
      "for example: ssescope stats https://api.openai.com/v1/responses -d @request.json --repeat 50",
    );
  }
  const { reconnect, resume, record, redact } = options;
  for (const [option, value] of Object.entries({ reconnect, resume })) {
    if (value === undefined) continue;
    throw new UserError(
      `--repeat and --${option} do not work together`,
      `leave out --${option}: with --repeat a broken stream is a result`,
    );
  }
  // The folder to record to is checked when it is opened.
  checkSources(names, { ...options, record: undefined, redact: record === undefined ? redact : undefined }, io);
  return url;
}
