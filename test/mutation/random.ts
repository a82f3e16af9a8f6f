// Choices that look random and are the same in every run.

export interface Random {
  /** A whole number from 0, less than `limit`. */
  below(limit: number): number;
  /** One of a list. Throws where it is empty. */
  pick<Thing>(things: readonly Thing[]): Thing;
  /** Some of a list, in the order in which they were drawn; all, where there are no more. */
  sample<Thing>(things: readonly Thing[], count: number): Thing[];
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Choices by the words of a seed: what is added to a list of seeds leaves the others as they are. */
export function createRandom(seed: string): Random {
  let state = FNV_OFFSET;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), FNV_PRIME) >>> 0;

  function below(limit: number): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  }

  function pick<Thing>(things: readonly Thing[]): Thing {
    const [thing] = things.slice(below(things.length));
    if (thing === undefined) throw new Error("there is nothing to pick from");
    return thing;
  }

  return {
    below,
    pick,
    sample(things, count) {
      const left = [...things];
      const drawn: (typeof left)[number][] = [];
      while (drawn.length < count && left.length > 0) drawn.push(...left.splice(below(left.length), 1));
      return drawn;
    },
  };
}
