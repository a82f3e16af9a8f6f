// The dialects, and the choice of one: named by the user, or guessed from the first events.
import { UserError } from "../errors.ts";
import type { Fact } from "../facts.ts";
import { asString, parsePayload, type Payload } from "../payload.ts";
import type { WireEvent } from "../wire.ts";
import type { Reading } from "../reading.ts";
import type { Dialect, DialectReader } from "./dialect.ts";
import { generic } from "./generic.ts";
import { openaiResponses } from "./openai-responses.ts";

/** In the order in which they are asked; `generic` takes what no other does. */
export const dialects = [openaiResponses, generic] as const satisfies readonly Dialect[];

/** Events without a sign of their dialect that are held back, waiting for one that has it. */
const MOST_UNDECIDED = 16;

export interface Interpreter {
  /** Reads an event. `pending`: the input ended within it. */
  read(event: WireEvent, pending: boolean): void;
  /**
   * Reads what was held back, and says which dialect it was, null where there was no event. A guess of which no event
   * bore out ends as `generic`. Throws UserError where that dialect was named by the user.
   */
  end(): { readonly dialect: string | null; readonly fellBack: string | null };
}

/** Reads events in the dialect named, or, where `name` is null, in the one that claims the first telling event. */
export function createInterpreter(name: string | null, onReading: (reading: Reading) => void): Interpreter {
  let chosen = dialects.find((dialect): boolean => dialect.name === name) ?? null;
  let reader: DialectReader | null = chosen?.create() ?? null;
  let undecided: { event: WireEvent; payload: Payload; pending: boolean }[] = [];
  let events = 0;
  /** Some event told something that this dialect knows. */
  let fits = false;

  function choose(event: WireEvent, payload: Payload): DialectReader | null {
    const claimant = dialects.find((dialect) => dialect.claims(event, payload)) ?? generic;
    if (claimant === generic && !isTelling(payload) && undecided.length < MOST_UNDECIDED) return null;
    return settle(claimant);
  }

  function settle(dialect: Dialect): DialectReader {
    chosen = dialect;
    reader = dialect.create();
    const held = undecided;
    undecided = [];
    for (const { event, payload, pending } of held) readWith(reader, event, payload, pending);
    return reader;
  }

  function readWith(reader: DialectReader, event: WireEvent, payload: Payload, pending: boolean): void {
    const facts = reader.read(event, payload);
    fits ||= facts.some(isKnown);
    events += 1;
    const sequenceNumber = reader.sequenceNumber(payload);
    onReading({ event, payload, eventType: eventType(event, payload), sequenceNumber, facts, pending });
  }

  return {
    read(event, pending) {
      const payload = parsePayload(event.data);
      const chosenReader = reader ?? choose(event, payload);
      if (chosenReader === null) undecided.push({ event, payload, pending });
      else readWith(chosenReader, event, payload, pending);
    },
    end() {
      if (undecided.length > 0) settle(generic);
      if (chosen === null || events === 0) return { dialect: null, fellBack: null };
      if (fits || chosen === generic) return { dialect: chosen.name, fellBack: null };
      if (name === null) return { dialect: generic.name, fellBack: chosen.name };
      throw new UserError(
        `no event is of the dialect ${name}`,
        "leave --dialect out to have it guessed, or name another",
      );
    },
  };
}

const UNNAMED = "message";

function eventType(event: WireEvent, payload: Payload): string {
  if (event.event !== UNNAMED || payload.type !== "object") return event.event;
  return asString(payload.value.type) ?? UNNAMED;
}

/** Whether a payload could show its dialect: not where it is damaged, empty or a sentinel. */
function isTelling(payload: Payload): boolean {
  return payload.type === "object" || payload.type === "json" || payload.type === "text";
}

function isKnown(fact: Fact): boolean {
  return fact.type !== "unrecognized" && fact.type !== "unreadable";
}
