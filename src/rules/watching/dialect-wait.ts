// Delays judgements that need the dialect until it is detected.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export interface DialectWait {
  /** Calls `judge` as soon as the dialect is known, at the latest at the end; null if it stays unknown. */
  whenKnown(judge: (dialect: DialectTraits | null) => void): void;
  /** Notes the dialect of a reading. */
  note(dialect: DialectTraits): void;
  /** Ends the wait: no more readings follow. */
  end(): void;
}

/** Limit on waiting judgements: a hostile stream could add one with every event. */
const MOST_WAITING = 1000;

export function createDialectWait(): DialectWait {
  let known: DialectTraits | null = null;
  let waiting: ((dialect: DialectTraits | null) => void)[] = [];

  function end(): void {
    const judges = waiting;
    waiting = [];
    for (const judge of judges) judge(known);
  }

  return {
    whenKnown(judge) {
      if (known === null && waiting.length < MOST_WAITING) waiting.push(judge);
      else judge(known);
    },
    note(dialect) {
      if (known !== null || !dialect.isKnown) return;
      known = dialect;
      end();
    },
    end,
  };
}
