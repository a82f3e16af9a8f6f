// Which dialects claim an event.
import type { Dialect } from "../../src/dialects/dialect.ts";
import { dialects } from "../../src/dialects/index.ts";
import { parsePayload } from "../../src/model/payload.ts";
import { type NamedData, wireEvent } from "./named-data.ts";

/** Whether a dialect claims an event that is seen first. */
export function claims(dialect: Pick<Dialect, "claims">, event: NamedData): boolean {
  return dialect.claims(wireEvent(event), parsePayload(event.data));
}

/** The names of the dialects that claim an event; `generic` takes what no other does, so it is left out. */
export function claimantsOf(event: NamedData): string[] {
  return dialects.filter((dialect) => dialect.isKnown && claims(dialect, event)).map(({ name }) => name);
}
