// A source made of several connections: when one breaks, the next continues, and the output is one stream.
import type { DialectName } from "../dialects/index.ts";
import type { Chunk } from "../model/chunk.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import { TransportError } from "../errors.ts";
import type { Requester } from "../sources/requester.ts";
import type { Source } from "../sources/source.ts";
import { roundMs } from "../model/timing.ts";
import type { WireEvent } from "../model/wire.ts";
import { describeAnswer, isEventStream, isGood } from "./response.ts";
import { createCourse } from "./course.ts";
import type { Continuation, JoinPolicy } from "./policy.ts";
import { createReconnector, reasonOf, type Joined, type ReconnectorOptions } from "./reconnector.ts";
import { createWholeEvents, type WholeEvents } from "./whole-events.ts";

export interface JoinOptions extends ReconnectorOptions {
  readonly policy: JoinPolicy;
  /** Null: detect. */
  readonly dialect: DialectName | null;
  readonly maxEventBytes: number;
}

/** Limit on breaks in the report; an endless stream could have any number. */
const MOST_BREAKS = 1000;

/**
 * The source of the connections that `requester` opens. Chunks never contain an event that a break cuts, and times
 * continue across breaks. A response that is not an event stream is returned as it is.
 */
export function joinedSource(name: string, requester: Requester, options: JoinOptions): Source {
  return {
    name,
    async open(signal) {
      const openedAt = options.clock.now();
      const first = await requester.request(options.policy.firstChange, signal);
      if (!isEventStream(first)) {
        if (isGood(first)) options.tell(`${describeAnswer(first)}: ssescope will not reconnect if it breaks`);
        return first;
      }
      const course: Connections = { last: { input: first, openedAt }, heldBackMs: 0, breaks: [] };
      const chunks = joinConnections(course, requester, options, signal);
      return {
        ...first,
        breaks: course.breaks,
        chunks,
        compression: () => course.last.input.compression?.() ?? null,
        closing() {
          const { last, heldBackMs } = course;
          const ended = last.input.closing?.() ?? NOT_TIMED;
          const endMs = ended.endMs === null ? null : ended.endMs + last.openedAt - openedAt;
          return { endMs, heldBackMs: heldBackMs + ended.heldBackMs };
        },
      };
    },
  };
}

/** The state of the connections so far. */
interface Connections {
  last: Joined;
  /** How long those before the last were held back, in ms. */
  heldBackMs: number;
  readonly breaks: ConnectionBreak[];
}

const NOT_TIMED = { endMs: null, heldBackMs: 0 };

/** The chunks of the first connection, and of those that follow it. */
async function* joinConnections(
  connections: Connections,
  requester: Requester,
  options: JoinOptions,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const { last: first, breaks } = connections;
  const follower = options.policy.follow();
  const course = createCourse(options.dialect, (reading) => follower.read(reading));
  const reconnector = createReconnector(requester, options);
  let { reconnectionMs } = options.policy;
  let lastEventId = "";
  /** Bytes of the stream so far. */
  let offset = 0;
  /** The break before the current connection. */
  let seam: { repeatedEvents: number } | null = null;
  /** The current connection was not asked to continue from a place. */
  let beginsAnew = false;

  function admits(event: WireEvent): boolean {
    const isNew = follower.admits(event);
    if (isNew) {
      course.read(event);
      // A stream without ids starts from the beginning each time. That is not progress: it would repeat forever.
      if (!beginsAnew || event.lastEventId !== "") reconnector.reset();
    } else if (seam !== null) seam.repeatedEvents += 1;
    return isNew;
  }

  /** The next connection; if there is none, the failure that ends the stream, or null for a clean end. */
  async function goOn(failure: TransportError | null): Promise<Next | TransportError | null> {
    const continuation = follower.continuation(lastEventId);
    if ("impossible" in continuation) {
      options.tell(`${reasonOf(failure)}; cannot reconnect: ${continuation.impossible}`);
      return failure;
    }
    try {
      const joined = await reconnector.reconnect({ ...continuation, reconnectionMs, failure }, signal);
      return joined && { ...joined, continuation };
    } catch (error) {
      if (error instanceof TransportError) return error;
      throw error;
    }
  }

  let connection = first;
  for (;;) {
    const events = createWholeEvents({
      maxEventBytes: options.maxEventBytes,
      lastEventId,
      isJoined: offset > 0,
      admits,
      retry(ms) {
        reconnectionMs = ms;
      },
    });
    const { failure, lastAtMs } = yield* readWhole(connection, events, first.openedAt);
    const atMs = roundMs(options.clock.now() - first.openedAt);
    const end = events.end();
    ({ lastEventId } = end);
    offset += end.passedBytes;
    const isOver = failure === null ? course.isOverAtEnd(end.pending) : course.isOverAtBreak();
    const canGoOn = !isOver && end.isWhole && !signal.aborted;
    const next = canGoOn ? await goOn(failure) : failure;
    if (next === null || next instanceof TransportError) {
      // Nothing follows the cut event: the stream ends in it.
      if (end.rest.length > 0) yield { bytes: end.rest, atMs: lastAtMs };
      if (next !== null) throw next;
      return;
    }
    const { lastEventId: sentId, startingAfter } = next.continuation;
    beginsAnew = sentId === null && startingAfter === null;
    const place = { atMs, offset, reason: reasonOf(failure), lastEventId: sentId, startingAfter };
    const newest = { ...place, lostBytes: end.rest.length, repeatedEvents: 0 };
    if (breaks.length < MOST_BREAKS) breaks.push(newest);
    seam = newest;
    connections.heldBackMs += connection.input.closing?.().heldBackMs ?? 0;
    connection = next;
    connections.last = next;
  }
}

interface Next extends Joined {
  readonly continuation: Continuation;
}

/** Yields the whole events of a connection; returns the failure that ended it. */
async function* readWhole(
  { input, openedAt }: Joined,
  events: WholeEvents,
  since: number,
): AsyncGenerator<Chunk, { readonly failure: TransportError | null; readonly lastAtMs: number | null }> {
  let lastAtMs: number | null = null;
  try {
    for await (const { bytes, atMs } of input.chunks) {
      lastAtMs = atMs === null ? null : atMs + openedAt - since;
      for (const piece of events.push(bytes)) yield { bytes: piece, atMs: lastAtMs };
    }
  } catch (error) {
    if (error instanceof TransportError) return { failure: error, lastAtMs };
    throw error;
  }
  return { failure: null, lastAtMs };
}
