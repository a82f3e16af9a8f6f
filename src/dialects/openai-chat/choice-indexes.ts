// Detects servers whose choice index counts something else, such as tokens, or starts at 1.
// https://github.com/huggingface/text-generation-inference/issues/1648

export interface ChoiceIndexes {
  /** Takes the index of a choice that a chunk adds to, and whether the chunk ends it. */
  add(index: number, isEnd: boolean): void;
  /** No choice ended before the next one began, and none came again: the index does not count choices. */
  countsUp(): boolean;
}

/** Unended choices from which an index counts up: real choices may leave fewer before the first comes again. */
const FEWEST_LEFT = 2;
/** If the first choice is missing, the indexes are wrong anyway. */
const FEWEST_LEFT_WITHOUT_FIRST = 1;

export function createChoiceIndexes(): ChoiceIndexes {
  let first: number | null = null;
  let highest = -1;
  let hasHighestEnded = true;
  let left = 0;
  let hasFallen = false;
  return {
    add(index, isEnd) {
      first ??= index;
      if (index < highest) hasFallen = true;
      else if (index > highest) {
        if (!hasHighestEnded) left += 1;
        highest = index;
        hasHighestEnded = false;
      }
      hasHighestEnded ||= isEnd && index === highest;
    },
    countsUp() {
      return !hasFallen && left >= (first === 0 ? FEWEST_LEFT : FEWEST_LEFT_WITHOUT_FIRST);
    },
  };
}
