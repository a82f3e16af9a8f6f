// The requests of --repeat: all the same, each with its own number.
import { type KnownHttpSource, knownHttpSource } from "../../sources/http/http-source.ts";
import type { Source, SourceContext } from "../../sources/source.ts";
import type { KeptExchange } from "../../tap/session.ts";
import { MOST_KEPT_BYTES } from "../../tap/sent-body.ts";

/** Returns the request with that number, from 1. */
export type Requests = (number: number) => KeptExchange;

/** Reads body and headers once for all requests. Throws UserError if the request cannot be sent. */
export async function openRequests(url: string, context: SourceContext): Promise<Requests> {
  const told = new Set<string>();
  const known = await knownHttpSource(url, {
    ...context,
    // A message that repeats for every request is printed once.
    talk(message) {
      if (told.has(message)) return;
      if (told.size < MOST_REMEMBERED) told.add(message);
      context.talk(message);
    },
  });
  const { asked, body, secrets } = known;
  const { pathname, search } = new URL(asked.url);
  const kept = body === null || body.length > MOST_KEPT_BYTES ? null : Buffer.from(body);
  return (number) => ({
    number,
    method: asked.method,
    path: pathname + search,
    source: numbered(known, number),
    sent: { kept: () => kept },
    secrets,
  });
}

/** Number of messages that are remembered. */
const MOST_REMEMBERED = 100;

/** The source with its number, for reports and recordings. It never reconnects. */
function numbered({ source, asked }: KnownHttpSource, number: number): Source {
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
