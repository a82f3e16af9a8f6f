// --reconnect and --resume: a source that can be connected to again is made one that goes on after a break.
import type { Clock } from "../timing/clock.ts";
import { UserError } from "../errors.ts";
import { sse } from "../framing/sse.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import type { StreamArguments } from "./options/stream.ts";
import type { Prepare } from "./read-source.ts";

const DEFAULT_TRIES = 5;

/**
 * What makes sources as the options ask; others stay as they are. `clock` times the waits between tries. `isTold`: each
 * try is reported on stderr. Throws UserError if the options do not fit each other.
 */
export function joinAsAsked(options: StreamArguments, pages: Pages, clock: Clock, isTold: boolean): Prepare {
  const { reconnect, resume } = options;
  const tries = reconnect ?? resume;
  if (tries === undefined) return async (source) => source;
  const option = reconnect === undefined ? "resume" : "reconnect";
  checkOptions(options, option);

  return async (source) => {
    const { request } = source;
    if (request === undefined) return source;
    // Loaded here: few runs need them.
    const [{ joinPolicies }, { joinedSource }] = await Promise.all([
      import("../joining/index.ts"),
      import("../joining/joined-source.ts"),
    ]);
    return joinedSource(
      source.name,
      { request },
      {
        policy: joinPolicies[option],
        mostTries: tries === true ? DEFAULT_TRIES : tries,
        dialect: options.dialect ?? null,
        maxEventBytes: options.maxEventSize,
        clock,
        tell: (message) => {
          if (isTold) tell(message, pages);
        },
      },
    );
  };
}

function checkOptions({ reconnect, resume, framing }: StreamArguments, option: string): void {
  if (reconnect !== undefined && resume !== undefined) {
    throw new UserError(
      "--reconnect and --resume ask for different things",
      "--resume is for background responses of OpenAI, --reconnect for servers that know Last-Event-ID",
    );
  }
  if (framing !== undefined && framing !== sse.name) {
    throw new UserError(`--${option} is for event streams, not --framing ${framing}`);
  }
}
