// The numbers of choices, where a server counts something else with them: tokens, or from 1.
// https://github.com/huggingface/text-generation-inference/issues/1648

export interface ChoiceIndexes {
  /** Takes the index of a choice that a chunk adds to, and whether the chunk ends it. */
  add(index: number, isEnd: boolean): void;
  /** Each choice was left without an end when the next one began, and none came again: what is counted is not choices. */
  countsUp(): boolean;
}

/** Choices that are left behind at the beginning of a stream of several real ones, before the first comes again. */
const FEWEST_LEFT = 2;
/** Where the first choice is missing, something is wrong with the indexes anyway. */
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
