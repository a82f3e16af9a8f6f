// Reads a dialect without the rest of the pipeline, and makes damaged events for it.
import { type Arbitrary, array, constantFrom, json, jsonValue, nat, oneof, tuple } from "fast-check";
import type { Dialect } from "../../src/dialects/dialect.ts";
import type { Fact } from "../../src/model/facts.ts";
import { parsePayload } from "../../src/model/payload.ts";
import { fixtures } from "./fixtures.ts";
import { eventsOf, type NamedData, wireEvent } from "./named-data.ts";

/** All facts that a dialect derives from events. */
export function factsOf(dialect: Dialect, events: readonly NamedData[]): Fact[] {
  const reader = dialect.create();
  return events.flatMap((named, index) => reader.read(wireEvent(named, index), parsePayload(named.data)));
}

/**
 * Streams of a dialect's own events, taken from its fixtures in any order, with some values replaced by any JSON value.
 */
export function damagedStreams({ name }: Pick<Dialect, "name">): Arbitrary<NamedData[]> {
  const events = fixtures
    .filter((fixture) => fixture.name.startsWith(`${name}/`))
    .flatMap((fixture) => eventsOf(fixture.bytes, !fixture.name.endsWith(".ndjson")));
  const places = array(nat(40), { maxLength: 4 });
  const damaged = tuple(constantFrom(...events), places, jsonValue({ maxDepth: 2 })).map(([event, places, value]) =>
    withData(event, damage(event.data, places, value)),
  );
  const unfit = tuple(constantFrom(...events), json({ maxDepth: 2 })).map(([event, data]) => withData(event, data));
  return array(oneof({ weight: 9, arbitrary: damaged }, { weight: 1, arbitrary: unfit }), { maxLength: 12 });
}

function withData(event: NamedData, data: string): NamedData {
  return { ...event, data };
}

/** Puts a value at some places of JSON; text that is not JSON stays as it is. */
function damage(data: string, places: readonly number[], value: unknown): string {
  if (parsePayload(data).type !== "object") return data;
  const damaged = new Set(places);
  let place = 0;
  const payload: unknown = JSON.parse(data, (_key, inner: unknown) => {
    place += 1;
    return damaged.has(place) ? value : inner;
  });
  return JSON.stringify(payload);
}

/** The first inconsistency in a list of facts; null if there is none. */
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
