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
  let shownNext = 0;

  function leaveOutFirst(): void {
    while (waiting.length > 0) {
      const first = waiting.shift();
      first?.leaveOut();
      if (first?.show !== null) return;
    }
  }

  function canBeShown(): number {
    return waiting.filter(({ show }) => show !== null).length;
  }

  return {
    add(one) {
      if (one.show !== null && shownNext > 0) {
        for (const left of waiting) left.leaveOut();
        waiting = [];
        shownNext -= 1;
        return one.show();
      }
      // What is never shown waits only behind what may be, so that times come in their order.
      if (one.show === null && waiting.length === 0) return one.leaveOut();
      waiting.push(one);
      // The event that something is found in is one more.
      if (canBeShown() > AROUND + 1 || waiting.length > MOST_WAITING) leaveOutFirst();
    },
    reveal(event) {
      const first = waiting[0];
      // It is about something that is over.
      if (event !== null && first !== undefined && event < first.index) return;
      for (const { show, leaveOut } of waiting) (show ?? leaveOut)();
      waiting = [];
      shownNext = AROUND;
    },
    end() {
      for (const { leaveOut } of waiting) leaveOut();
      waiting = [];
    },
  };
}

const MOST_WAITING = 1000;
