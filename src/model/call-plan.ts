// Finds which listeners act on which kind of event, once for each kind. A plan knows listeners only by their places, so
// all streams with listeners of the same kinds can share one, and many small streams need not each make a plan.
import { isDeltaType, isEndType, type Fact } from "./facts.ts";
import type { FactHandlers, Listener } from "./listener.ts";

/** One call that an event causes, to the listener at a place in the list. */
export type PlannedCall =
  | { readonly of: "fact"; readonly place: number; readonly at: number; readonly handler: keyof FactHandlers }
  | { readonly of: "payload"; readonly place: number; readonly type: string }
  | { readonly of: "event"; readonly place: number };

/** Events that cause the same calls. */
export interface Kind {
  /** Counted from 0; null if the kind is not kept. */
  readonly number: number | null;
  readonly calls: readonly PlannedCall[];
}

export interface CallPlan {
  /** The places of the listeners that have this method. */
  readonly with: Readonly<Record<Method, readonly number[]>>;
  /** Payload types that a listener names. */
  readonly payloadTypes: ReadonlySet<string>;
  /** `payloadType`: null if no listener names it. */
  kindOf(facts: readonly Fact[], payloadType: string | null): Kind;
}

type Method = "bytes" | "record" | "defect" | "stretch" | "end";

/** Limit on remembered kinds: a hostile stream could make every event a new kind. */
const MOST_KINDS = 256;
/** Events with more facts are rare, so no name is made from their types. */
const MOST_NAMED_FACTS = 4;

/** Plans the calls of these listeners, and of others that handle the same or less, in the same order. */
export function createCallPlan(listeners: readonly Listener[]): CallPlan {
  /** What each listener handles; the plan does not keep the first stream's listeners themselves. */
  const handled = listeners.map(({ facts, payloads, read }) => ({
    facts: facts && new Set(Object.keys(facts)),
    payloads: payloads && new Set(Object.keys(payloads)),
    read: read !== undefined,
  }));
  /** By the payload's type, if a listener needs it, then by the types of the facts. */
  const kinds = new Map<string | null, Map<string, Kind>>();
  let count = 0;

  function planCalls(facts: readonly Fact[], payloadType: string | null): readonly PlannedCall[] {
    const calls: PlannedCall[] = [];
    // The last event of a response may have thousands of facts of a few types.
    const types = new Set(facts.map(({ type }) => type));
    handled.forEach((own, place) => {
      const concerned = handlersIn(own.facts, types);
      if (concerned.size > 0)
        facts.forEach(({ type }, at) => {
          for (const handler of concerned.get(type) ?? []) calls.push({ of: "fact", place, at, handler });
        });
      if (payloadType !== null && own.payloads?.has(payloadType))
        calls.push({ of: "payload", place, type: payloadType });
      if (own.read) calls.push({ of: "event", place });
    });
    return calls;
  }

  return {
    with: {
      bytes: placesOf(listeners, "bytes"),
      record: placesOf(listeners, "record"),
      defect: placesOf(listeners, "defect"),
      stretch: placesOf(listeners, "stretch"),
      end: placesOf(listeners, "end"),
    },
    payloadTypes: new Set(listeners.flatMap(({ payloads }) => Object.keys(payloads ?? {}))),
    kindOf(facts, payloadType) {
      if (facts.length > MOST_NAMED_FACTS) return { number: null, calls: planCalls(facts, payloadType) };
      const types = nameOf(facts);
      const known = kinds.get(payloadType)?.get(types);
      if (known !== undefined) return known;
      const calls = planCalls(facts, payloadType);
      if (count >= MOST_KINDS) return { number: null, calls };
      const kind = { number: count, calls };
      count += 1;
      const byTypes = kinds.get(payloadType) ?? new Map<string, Kind>();
      kinds.set(payloadType, byTypes.set(types, kind));
      return kind;
    },
  };
}

function placesOf(listeners: readonly Listener[], method: Method): readonly number[] {
  return [...listeners.keys()].filter((place) => listeners[place]?.[method] !== undefined);
}

/** The types of a few facts, joined into one string. */
function nameOf(facts: readonly Fact[]): string {
  const [first] = facts;
  if (first === undefined) return "";
  return facts.length === 1 ? first.type : facts.map(({ type }) => type).join(" ");
}

/** The handlers of a listener for each of these types that it handles. */
function handlersIn(
  own: ReadonlySet<string> | undefined,
  types: ReadonlySet<Fact["type"]>,
): ReadonlyMap<Fact["type"], readonly (keyof FactHandlers)[]> {
  const found = new Map<Fact["type"], readonly (keyof FactHandlers)[]>();
  if (own === undefined) return found;
  for (const type of types) {
    const handlers = handlersOf(type).filter((handler) => own.has(handler));
    if (handlers.length > 0) found.set(type, handlers);
  }
  return found;
}

/** The handlers for facts of a type: the one for texts of every kind, and the one for the type itself. */
function handlersOf(type: Fact["type"]): readonly (keyof FactHandlers)[] {
  if (isDeltaType(type)) return ["*-delta", type];
  return isEndType(type) ? ["*-end", type] : [type];
}
