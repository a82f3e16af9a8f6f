// Takes several listeners and returns one that calls them. This is the hottest path for events that are read one by
// one: a plan made once says which listeners each kind of event concerns.
import { createCallPlan, type CallPlan, type Kind, type PlannedCall } from "./call-plan.ts";
import type { Fact } from "./facts.ts";
import type { FactHandler, FactHandlers, Listener, PayloadHandler } from "./listener.ts";
import { asString, type JsonObject } from "./payload.ts";
import type { Reading } from "./reading.ts";

/** One call that an event causes. */
type Call =
  | { readonly of: "fact"; readonly at: number; readonly handle: FactHandler }
  | { readonly of: "payload"; readonly handle: PayloadHandler }
  | { readonly of: "event"; readonly handle: (reading: Reading) => void };

/**
 * Calls several listeners, each with the parts it needs, in list order. `plan`: a plan made for another stream's
 * listeners, which handle at least what these do; calls that these do not handle are skipped.
 */
export function callInTurn(
  listeners: readonly Listener[],
  plan: CallPlan = createCallPlan(listeners),
): Required<Omit<Listener, "facts" | "payloads">> {
  /** By the kind's number. */
  const known: (readonly Call[])[] = [];

  function callsFor(facts: readonly Fact[], payloadType: string | null): readonly Call[] {
    const kind = plan.kindOf(facts, payloadType);
    return (kind.number === null ? undefined : known[kind.number]) ?? bind(kind);
  }

  function bind({ number, calls: planned }: Kind): readonly Call[] {
    const calls: Call[] = [];
    for (const call of planned) {
      const bound = bindCall(call, listeners[call.place]);
      if (bound !== null) calls.push(bound);
    }
    if (number !== null) known[number] = calls;
    return calls;
  }

  /** The payload's type if a listener names it; else null. */
  function neededTypeOf(value: JsonObject, event: string): string | null {
    const type = asString(value.type) ?? event;
    return plan.payloadTypes.has(type) ? type : null;
  }

  return {
    bytes(bytes, atMs, offset) {
      for (const place of plan.with.bytes) listeners[place]?.bytes?.(bytes, atMs, offset);
    },
    record(record, atMs) {
      for (const place of plan.with.record) listeners[place]?.record?.(record, atMs);
    },
    defect(defect) {
      for (const place of plan.with.defect) listeners[place]?.defect?.(defect);
    },
    read(reading) {
      const { facts, payload, event } = reading;
      const value = payload.type === "object" ? payload.value : null;
      const needed = callsFor(facts, value === null ? null : neededTypeOf(value, event.event));
      // Indexed: an iterator would cost half as much as the calls themselves.
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
      for (const place of plan.with.stretch) listeners[place]?.stretch?.(stretch);
    },
    end(ending) {
      for (const place of plan.with.end) listeners[place]?.end?.(ending);
    },
  };
}

/** Binds a planned call to this listener; null if it does not handle what the listener in the plan handled. */
function bindCall(call: PlannedCall, listener: Listener | undefined): Call | null {
  if (call.of === "fact") {
    const handle = listener?.facts?.[call.handler];
    return isThere(handle) ? { of: "fact", at: call.at, handle } : null;
  }
  const handle = call.of === "payload" ? listener?.payloads?.[call.type] : undefined;
  if (handle !== undefined) return { of: "payload", handle };
  const read = call.of === "event" ? listener?.read : undefined;
  return read === undefined ? null : { of: "event", handle: read };
}

/** The handler found under a type takes facts of that type, and is only called with those. */
function isThere(handle: FactHandlers[keyof FactHandlers]): handle is FactHandler {
  return handle !== undefined;
}
