// A dialect read without the rest of the pipeline, and events of it that are wrong in every way.
import { array, constantFrom, json, jsonValue, nat, oneof, record, tuple, type Arbitrary } from "fast-check";
import type { Dialect } from "../../src/dialects/dialect.ts";
import type { Fact } from "../../src/model/facts.ts";
import { parsePayload } from "../../src/model/payload.ts";
import type { WireEvent } from "../../src/model/wire.ts";
import { fixtures } from "./fixtures.ts";
import { payloadsOf } from "./plain-reading.ts";

export interface NamedData {
  readonly event: string;
  readonly data: string;
}

/** An event without a name. */
export function unnamed(payload: unknown): NamedData {
  return { event: "message", data: JSON.stringify(payload) };
}

function wireEvent({ event, data }: NamedData, index = 0): WireEvent {
  return { type: "event", event, data, lastEventId: "", index, line: index + 1, offset: 0, length: 0 };
}

/** Whether a dialect claims an event that is seen first. */
export function claims(dialect: Dialect, named: NamedData): boolean {
  return dialect.claims(wireEvent(named), parsePayload(named.data));
}

/** All facts that a dialect tells of events. */
export function factsOf(dialect: Dialect, events: readonly NamedData[]): Fact[] {
  const reader = dialect.create();
  return events.flatMap((named, index) => reader.read(wireEvent(named, index), parsePayload(named.data)));
}

/**
 * Streams of a dialect's own payloads, as its fixtures have them, in any order, in which some values are replaced by
 * anything that JSON can be.
 */
export function damagedStreams(dialect: Dialect): Arbitrary<NamedData[]> {
  const payloads = fixtures
    .filter(({ name }) => name.startsWith(`${dialect.name}/`))
    .flatMap(({ name, bytes }) => payloadsOf(Buffer.from(bytes).toString(), name.endsWith(".sse")))
    .filter((data) => parsePayload(data).type === "object");
  const damaged = tuple(constantFrom(...payloads), array(nat(40), { maxLength: 4 }), jsonValue({ maxDepth: 2 })).map(
    ([data, places, value]): string => {
      const damaged = new Set(places);
      let place = 0;
      const payload: unknown = JSON.parse(data, (_key, inner: unknown) => {
        place += 1;
        return damaged.has(place) ? value : inner;
      });
      return JSON.stringify(payload);
    },
  );
  const event = constantFrom("message", "error", "message-end", "endpoint");
  const data = oneof({ weight: 9, arbitrary: damaged }, { weight: 1, arbitrary: json({ maxDepth: 2 }) });
  return array(record({ event, data }), { maxLength: 12 });
}

/** What is wrong with facts, whatever they were told of; null where nothing is. */
export function faultOf(facts: readonly Fact[]): string | null {
  let last = -1;
  for (const fact of facts) {
    if (!("response" in fact)) continue;
    if (fact.type === "response-start" ? fact.response !== last + 1 : fact.response !== last) {
      return `${fact.type} is of response ${fact.response} after ${last}`;
    }
    last = fact.response;
    if ("item" in fact && !(Number.isSafeInteger(fact.item) && fact.item >= 0)) return `item ${fact.item}`;
  }
  return null;
}
