// Several listeners in, one out that calls them. The hottest path of all that is read event by event: who needs an event is
// looked up by what is in it, and found once for each kind of event.
import { isDeltaType, isEndType, type Fact } from "./facts.ts";
import type { FactHandler, FactHandlers, Listener, PayloadHandler } from "./listener.ts";
import { asString, type JsonObject } from "./payload.ts";
import type { Reading } from "./reading.ts";

/** One call that an event causes. */
type Call =
  | { readonly of: "fact"; readonly at: number; readonly handle: FactHandler }
  | { readonly of: "payload"; readonly handle: PayloadHandler }
  | { readonly of: "event"; readonly handle: (reading: Reading) => void };

/** Kinds of events that are remembered, with who needs them; a hostile stream could make each event another one. */
const MOST_KINDS = 256;
/** An event with more facts is seldom: its types are not put together to a name. */
const MOST_NAMED_FACTS = 4;

/** Calls several listeners, each with what it needs, in the order of the list. */
export function callInTurn(listeners: readonly Listener[]): Required<Omit<Listener, "facts" | "payloads">> {
  const readers = listeners.filter(
    ({ facts, payloads, read }) => facts !== undefined || payloads !== undefined || read !== undefined,
  );
  const withBytes = listeners.filter((listener) => listener.bytes !== undefined);
  const withRecord = listeners.filter((listener) => listener.record !== undefined);
  const withDefect = listeners.filter((listener) => listener.defect !== undefined);
  const withStretch = listeners.filter((listener) => listener.stretch !== undefined);
  const payloadTypes = new Set(readers.flatMap(({ payloads }) => Object.keys(payloads ?? {})));
  /** By the type of the payload, if anybody needs it, and then by the types of the facts. */
  const calls = new Map<string | null, Map<string, readonly Call[]>>();
  let kinds = 0;

  function callsFor({ facts }: Reading, payloadType: string | null): readonly Call[] {
    if (facts.length > MOST_NAMED_FACTS) return findCalls(facts, payloadType);
    const types = nameOf(facts);
    const known = calls.get(payloadType)?.get(types);
    if (known !== undefined) return known;
    const found = findCalls(facts, payloadType);
    if (kinds >= MOST_KINDS) return found;
    kinds += 1;
    const byTypes = calls.get(payloadType) ?? new Map<string, readonly Call[]>();
    calls.set(payloadType, byTypes.set(types, found));
    return found;
  }

  function findCalls(facts: readonly Fact[], payloadType: string | null): readonly Call[] {
    const found: Call[] = [];
    for (const { facts: handlers, payloads, read } of readers) {
      if (handlers !== undefined) {
        facts.forEach(({ type }, at) => {
          for (const handle of handlersOf(handlers, type)) found.push({ of: "fact", at, handle });
        });
      }
      const handle = payloadType === null ? undefined : payloads?.[payloadType];
      if (handle !== undefined) found.push({ of: "payload", handle });
      if (read !== undefined) found.push({ of: "event", handle: read });
    }
    return found;
  }

  /** The type of a payload that a listener names; else null. */
  function neededTypeOf(value: JsonObject, event: string): string | null {
    const type = asString(value.type) ?? event;
    return payloadTypes.has(type) ? type : null;
  }

  return {
    bytes(bytes, atMs, offset) {
      for (const listener of withBytes) listener.bytes?.(bytes, atMs, offset);
    },
    record(record, atMs) {
      for (const listener of withRecord) listener.record?.(record, atMs);
    },
    defect(defect) {
      for (const listener of withDefect) listener.defect?.(defect);
    },
    read(reading) {
      const { facts, payload, event } = reading;
      const value = payload.type === "object" ? payload.value : null;
      const needed = callsFor(reading, value === null ? null : neededTypeOf(value, event.event));
      // By their places: an iterator would cost as much as half of the calls.
      for (let place = 0; place < needed.length; place += 1) {
        const call = needed[place];
        if (call === undefined) continue;
        if (call.of === "event") call.handle(reading);
        else if (call.of === "payload") {
          if (value !== null) call.handle(value, reading);
        } else {
          const fact = facts[call.at];
          if (fact !== undefined) call.handle(fact, reading);
        }
      }
    },
    stretch(stretch) {
      for (const listener of withStretch) listener.stretch?.(stretch);
    },
    end(ending) {
      for (const listener of listeners) listener.end?.(ending);
    },
  };
}

/** The types of a few facts, in one word. */
function nameOf(facts: readonly Fact[]): string {
  const [first] = facts;
  if (first === undefined) return "";
  return facts.length === 1 ? first.type : facts.map(({ type }) => type).join(" ");
}

/** What handles facts of a type: one that is for texts of every kind, and one that is for the type itself. */
function handlersOf(handlers: FactHandlers, type: Fact["type"]): FactHandler[] {
  const ofEvery = isDeltaType(type) ? handlers["*-delta"] : isEndType(type) ? handlers["*-end"] : undefined;
  return [ofEvery, handlers[type]].filter(isThere);
}

/** What is found under a type takes facts of that type, and is given no others. */
function isThere(handle: FactHandlers[keyof FactHandlers]): handle is FactHandler {
  return handle !== undefined;
}
