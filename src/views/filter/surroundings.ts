// What is near a finding: a few events before it, which wait until it is found, and a few behind it.

/** Events, and other rows, before and behind a finding. */
export const AROUND = 3;

interface Waiting {
  /** Of the event, or of the one that comes next. */
  readonly index: number;
  /** Null: it is not to be shown, near a finding or not. */
  readonly show: (() => void) | null;
  readonly leaveOut: () => void;
}

export interface Surroundings {
  add(one: Waiting): void;
  /** Something was found in the event with that index; null: in none. Those that wait are shown. */
  reveal(event: number | null): void;
  /** Those that still wait are not shown. */
  end(): void;
}

export function createSurroundings(): Surroundings {
  /** The last ones, in their order; `AROUND` of them can be shown. */
  let waiting: Waiting[] = [];
  /** How many of them can be shown. */
  let candidates = 0;
  let shownNext = 0;

  /** Gives up the first one that could be shown, and what waits before it. */
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
      // What is never shown waits only behind what may be, so that times come in their order.
      if (one.show === null && waiting.length === 0) return one.leaveOut();
      waiting.push(one);
      if (one.show !== null) candidates += 1;
      // The event that something is found in is one more.
      if (candidates > AROUND + 1 || waiting.length > MOST_WAITING) leaveOutFirst();
    },
    reveal(event) {
      const first = waiting[0];
      // It is about something that is over.
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
