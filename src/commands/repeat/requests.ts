// The requests of --repeat: all the same, each with its own number.
import type { DialectName } from "../../dialects/index.ts";
import { endingWithResponse } from "../../library/result.ts";
import { knownSourceOf } from "../../sources/index.ts";
import type { KnownSource } from "../../sources/known-source.ts";
import type { Source, SourceContext } from "../../sources/source.ts";
import type { KeptExchange } from "../../tap/session.ts";
import { MOST_KEPT_BYTES } from "../../tap/sent-body.ts";

/** Returns the request with that number, from 1. */
export type Requests = (number: number) => KeptExchange;

/**
 * Reads body and headers, or messages, once for all requests. `dialect`: of the responses, which end a WebSocket; null: detect.
 * Throws UserError if the request cannot be sent.
 */
export async function openRequests(
  url: string,
  dialect: DialectName | null,
  context: SourceContext,
): Promise<Requests> {
  const told = new Set<string>();
  const known = await knownSourceOf(url, {
    ...context,
    // A message that repeats for every request is printed once.
    talk(message) {
      if (told.has(message)) return;
      if (told.size < MOST_REMEMBERED) told.add(message);
      context.talk(message);
    },
  });
  const { asked, body, secrets } = known;
  const source = await endingWithResponse(known.source, dialect);
  const { pathname, search } = new URL(asked.url);
  const kept = body === null || body.length > MOST_KEPT_BYTES ? null : Buffer.from(body);
  return (number) => ({
    number,
    method: asked.method,
    path: pathname + search,
    source: numbered(source, asked, number),
    sent: { kept: () => kept },
    secrets,
  });
}

/** Number of messages that are remembered. */
const MOST_REMEMBERED = 100;

/** The source with its number, for reports and recordings. It never reconnects. */
function numbered(source: Source, asked: KnownSource["asked"], number: number): Source {
  const ofThisOne = { ...asked, exchange: number };
  return {
    name: source.name,
    asked: () => ofThisOne,
    async open(signal) {
      const input = await source.open(signal);
      const { exchange } = input;
      if (exchange === null) return input;
      return { ...input, exchange: { ...exchange, request: { ...exchange.request, exchange: number } } };
    },
  };
}
