// --reconnect and --resume: makes a source that continues after a break.
import type { Clock } from "../timing/clock.ts";
import { UserError } from "../errors.ts";
import { sse } from "../framing/sse.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import type { StreamArguments } from "./options/stream.ts";
import type { Prepare } from "./read-source.ts";

const DEFAULT_ATTEMPTS = 5;

/**
 * Returns a function that makes a source reconnect as the options say; sources without a request stay as they are.
 * `clock` times the waits between attempts. With `isReported`, each attempt is reported on stderr. Throws UserError if
 * the options do not fit each other.
 */
export function joinAsAsked(options: StreamArguments, pages: Pages, clock: Clock, isReported: boolean): Prepare {
  const { reconnect, resume } = options;
  const attempts = reconnect ?? resume;
  if (attempts === undefined) return async (source) => source;
  const option = reconnect === undefined ? "resume" : "reconnect";
  checkOptions(options, option);

  return async (source) => {
    const { request } = source;
    if (request === undefined) return source;
    // Loaded here, because few runs need them.
    const [{ joinPolicies }, { joinedSource }] = await Promise.all([
      import("../joining/index.ts"),
      import("../joining/joined-source.ts"),
    ]);
    return joinedSource(
      source.name,
      { request },
      {
        policy: joinPolicies[option],
        mostTries: attempts === true ? DEFAULT_ATTEMPTS : attempts,
        dialect: options.dialect ?? null,
        maxEventBytes: options.maxEventSize,
        clock,
        tell: (message) => {
          if (isReported) tell(message, pages);
        },
      },
    );
  };
}

function checkOptions({ reconnect, resume, framing }: StreamArguments, option: string): void {
  if (reconnect !== undefined && resume !== undefined) {
    throw new UserError(
      "--reconnect and --resume exclude each other",
      "--resume is for background responses of OpenAI, --reconnect for servers that know Last-Event-ID",
    );
  }
  if (framing !== undefined && framing !== sse.name) {
    throw new UserError(`--${option} is for event streams, not --framing ${framing}`);
  }
}
