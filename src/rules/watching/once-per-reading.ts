// Caches a judgement about an event that several of its facts need.
import type { Reading } from "../../model/reading.ts";

/** Judges a reading at the first call, and returns the same result until it is called with another reading. */
export function oncePerReading<Judgement>(judge: (reading: Reading) => Judgement): (reading: Reading) => Judgement {
  let last: { readonly reading: Reading; readonly judgement: Judgement } | null = null;
  return (reading) => {
    if (last?.reading !== reading) last = { reading, judgement: judge(reading) };
    return last.judgement;
  };
}
