// What several facts of one event ask about all of the event.
import type { Reading } from "../../model/reading.ts";

/** Judges a reading when it is first asked about it, and remembers that until it is asked about another one. */
export function oncePerReading<Judgement>(judge: (reading: Reading) => Judgement): (reading: Reading) => Judgement {
  let last: { readonly reading: Reading; readonly judgement: Judgement } | null = null;
  return (reading) => {
    if (last?.reading !== reading) last = { reading, judgement: judge(reading) };
    return last.judgement;
  };
}
