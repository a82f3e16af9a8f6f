// What can be judged only once the dialect is known, which may be later than where it is.
import type { DialectTraits } from "../../model/dialect-traits.ts";

export interface DialectWait {
  /** Calls `judge` as soon as a dialect is known, at the latest at the end; null: none is. */
  whenKnown(judge: (dialect: DialectTraits | null) => void): void;
  /** Notes the dialect of a reading. */
  note(dialect: DialectTraits): void;
  /** No more readings come. */
  end(): void;
}

/** A hostile stream could give cause with every event. */
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
