// Tests whether two shares, each a count out of a total, differ.

export interface Share {
  /** How many of them. */
  readonly hits: number;
  readonly of: number;
}

/** Rounding may separate tables that are as likely as the observed one: the tolerance of R and scipy. */
const TOLERANCE = 1e-7;

/**
 * Fisher's exact test, two-sided: the chance of tables with the same sums that are at most as likely as this one,
 * computed like `scipy.stats.fisher_exact` and R. Values below 1e-300 are 0.
 */
export function fisher(a: Share, b: Share): number {
  const hits = a.hits + b.hits;
  const least = Math.max(hits - b.of, 0);
  const most = Math.min(hits, a.of);
  const mode = Math.min(Math.max(Math.floor(((hits + 1) * (a.of + 1)) / (a.of + b.of + 2)), least), most);

  /** Tables from the likeliest one, and their chances relative to its own, so that none exceeds 1. */
  function* from(step: 1 | -1): Generator<readonly [hitsOfA: number, chance: number]> {
    let chance = 1;
    for (let k = mode; k >= least && k <= most && chance > 0; k += step) {
      yield [k, chance];
      const ratio =
        step === 1
          ? ((hits - k) * (a.of - k)) / ((k + 1) * (b.of - hits + k + 1))
          : (k * (b.of - hits + k)) / ((hits - k + 1) * (a.of - k + 1));
      chance *= ratio;
    }
  }

  let own = 0;
  for (const [k, chance] of from(a.hits < mode ? -1 : 1)) if (k === a.hits) own = chance;
  let all = 0;
  let extreme = 0;
  for (const step of [1, -1] as const) {
    for (const [k, chance] of from(step)) {
      if (step === -1 && k === mode) continue;
      all += chance;
      if (chance <= own * (1 + TOLERANCE)) extreme += chance;
    }
  }
  return Math.min(extreme / all, 1);
}
