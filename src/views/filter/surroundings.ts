// Selects the events near a finding: a few before it, which wait until something is found, and a few after it.

/** Events, and other rows, before and after a finding. */
export const AROUND = 3;

interface Waiting {
  /** The index of the event, or of the next one if this is not an event. */
  readonly index: number;
  /** Null: never shown, even near a finding. */
  readonly show: (() => void) | null;
  readonly leaveOut: () => void;
}

export interface Surroundings {
  add(one: Waiting): void;
  /** Reports a finding in the event with that index (null: in none); shows the waiting events. */
  reveal(event: number | null): void;
  /** Drops the events that still wait. */
  end(): void;
}

export function createSurroundings(): Surroundings {
  /** The last events, in order; `AROUND` of them can be shown. */
  let waiting: Waiting[] = [];
  /** How many waiting events can be shown. */
  let candidates = 0;
  let shownNext = 0;

  /** Drops the first one that could be shown, and everything before it. */
  function leaveOutFirst(): void {
    const first = waiting.findIndex(({ show }) => show !== null);
    for (const { leaveOut } of waiting.splice(0, first + 1)) leaveOut();
    candidates -= 1;
  }

  return {
    add(one) {
      if (one.show !== null && shownNext > 0) {
        for (const { leaveOut } of waiting) leaveOut();
        waiting = [];
        shownNext -= 1;
        return one.show();
      }
      // Events that are never shown wait only after those that may be, so that times stay in order.
      if (one.show === null && waiting.length === 0) return one.leaveOut();
      waiting.push(one);
      if (one.show !== null) candidates += 1;
      // One more for the event of the finding itself.
      if (candidates > AROUND + 1 || waiting.length > MOST_WAITING) leaveOutFirst();
    },
    reveal(event) {
      const first = waiting[0];
      // The finding is about an event that has already been passed.
      if (event !== null && first !== undefined && event < first.index) return;
      for (const { show, leaveOut } of waiting) (show ?? leaveOut)();
      waiting = [];
      candidates = 0;
      shownNext = AROUND;
    },
    end() {
      for (const { leaveOut } of waiting) leaveOut();
      waiting = [];
    },
  };
}

const MOST_WAITING = 1000;
