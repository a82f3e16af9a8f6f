// Events that are lost, doubled or out of order, and keep the numbers by which that shows; and numbers that are wrong.
import { alter, copyOf, moveBehind, replace, without } from "../edits.ts";
import { ABSENT } from "../json.ts";
import { CONSEQUENCES_OF_LOSS, type Mutation, planted, plantIn } from "../mutation.ts";
import { isLifecycle, deltaOf, numberOf, type Specimen } from "../specimen.ts";
import type { Frame } from "../stream.ts";

const LONGEST_BLOCK = 5;

/** Runs of numbered events, one right behind the other, of one response: only there a missing number shows. */
interface Run {
  readonly before: Frame;
  readonly frames: readonly Frame[];
  readonly after: Frame;
}

function runs({ responses, frames }: Specimen, length: number): Run[] {
  const places = new Map(frames.map((frame, place) => [frame, place]));

  function isClose(run: readonly Frame[]): boolean {
    const [first] = run;
    if (first === undefined) return false;
    const [start, number] = [places.get(first), numberOf(first)];
    if (start === undefined || number === null) return false;
    return run.every((frame, index) => places.get(frame) === start + index && numberOf(frame) === number + index);
  }

  return responses.flatMap((response) =>
    response.frames.flatMap((before, index) => {
      const run = response.frames.slice(index + 1, index + 1 + length);
      const after = response.frames[index + 1 + length];
      const isRun = after !== undefined && !run.some(isLifecycle) && isClose([before, ...run, after]);
      return isRun ? [{ before, frames: run, after }] : [];
    }),
  );
}

/** Each event that is in a run alone. */
function singles(specimen: Specimen): { readonly before: Frame; readonly frame: Frame; readonly after: Frame }[] {
  return runs(specimen, 1).flatMap(({ before, frames, after }) => frames.map((frame) => ({ before, frame, after })));
}

/** Each event with the one right before it; the terminal one too. */
function followers(specimen: Specimen): { readonly before: Frame; readonly frame: Frame }[] {
  return runs(specimen, 0).map(({ before, after }) => ({ before, frame: after }));
}

/** Each event with a number, where others show whose protocol it is. Keep-alives need none. */
function numbered({ responses }: Specimen): { readonly frame: Frame; readonly number: number }[] {
  const all = responses.flatMap(({ frames }) => frames);
  if (all.length === 1) return [];
  return all.flatMap((frame) => {
    const number = numberOf(frame);
    return number === null || /keep_?alive/.test(frame.type) ? [] : [{ frame, number }];
  });
}

export const sequenceMutations: readonly Mutation[] = [
  {
    name: "an event is dropped",
    also: CONSEQUENCES_OF_LOSS,
    places: (specimen) =>
      singles(specimen).map(({ frame, after }) => () => {
        return planted(without(specimen.frames, frame), "sequence-gap", after);
      }),
  },
  {
    name: "a delta is dropped",
    also: CONSEQUENCES_OF_LOSS,
    places: (specimen) =>
      singles(specimen)
        .filter(({ frame }) => deltaOf(frame) !== null)
        .map(
          ({ frame, after }) =>
            () =>
              planted(without(specimen.frames, frame), "sequence-gap", after),
        ),
  },
  {
    name: "several events in a row are dropped",
    also: CONSEQUENCES_OF_LOSS,
    places: (specimen) =>
      [2, 3, 4, LONGEST_BLOCK].flatMap((length) =>
        runs(specimen, length).map(({ frames, after }) => () => {
          return planted(without(specimen.frames, ...frames), "sequence-gap", after);
        }),
      ),
  },
  {
    name: "an event is sent twice",
    also: [...CONSEQUENCES_OF_LOSS, "output-index-collision"],
    places: (specimen) =>
      singles(specimen).map(({ frame }) => () => {
        const copy = copyOf(frame);
        return planted(replace(specimen.frames, frame, frame, copy), "sequence-repeat", copy);
      }),
  },
  {
    name: "the last few events are sent again",
    also: [...CONSEQUENCES_OF_LOSS, "output-index-collision"],
    places: (specimen) =>
      [2, 3, 4, LONGEST_BLOCK].flatMap((length) =>
        runs(specimen, length).map(({ frames }) => () => {
          const copies = frames.map(copyOf);
          const all = specimen.frames.flatMap((frame) => (frame === frames.at(-1) ? [frame, ...copies] : [frame]));
          return planted(all, "sequence-repeat", copies[0]);
        }),
      ),
  },
  {
    name: "two events in a row are swapped",
    also: [...CONSEQUENCES_OF_LOSS, "sequence-repeat"],
    places: (specimen) =>
      runs(specimen, 2).map(({ frames: [first, second] }) => () => {
        if (first === undefined || second === undefined) throw new Error("a run of two has two");
        return planted(moveBehind(specimen.frames, first, second), "sequence-gap", second);
      }),
  },
  {
    name: "a sequence number is too high",
    // The next one, which is right, is then too low.
    also: ["sequence-repeat"],
    places: (specimen) =>
      followers(specimen).map(({ frame }) => (random) => {
        const altered = alter(frame, ["sequence_number"], (numberOf(frame) ?? 0) + 1 + random.below(9));
        return planted(replace(specimen.frames, frame, altered), "sequence-gap", altered);
      }),
  },
  {
    name: "a sequence number is too low",
    // The next one, which is right, is then too high.
    also: ["sequence-gap"],
    places: (specimen) =>
      followers(specimen).map(({ before, frame }) => (random) => {
        const altered = alter(frame, ["sequence_number"], random.below((numberOf(before) ?? 0) + 1));
        return planted(replace(specimen.frames, frame, altered), "sequence-repeat", altered);
      }),
  },
  {
    name: "the sequence numbers begin again in the middle",
    places: (specimen) =>
      specimen.responses.flatMap((response) =>
        singles(specimen)
          .filter(({ frame }) => response.frames.includes(frame))
          .map(({ frame }) => () => {
            const start = response.frames.indexOf(frame);
            const first = numberOf(frame) ?? 0;
            const later = new Map(
              response.frames
                .slice(start)
                .filter((one) => numberOf(one) !== null)
                .map((one) => [one, alter(one, ["sequence_number"], (numberOf(one) ?? 0) - first)]),
            );
            const all = specimen.frames.map((one) => later.get(one) ?? one);
            return planted(all, "sequence-repeat", later.get(frame));
          }),
      ),
  },
  {
    name: "an event has no sequence number",
    places: (specimen) =>
      numbered(specimen).map(({ frame }) => {
        return plantIn(specimen, frame, ["sequence_number"], ABSENT, "sequence-missing");
      }),
  },
  {
    name: "a sequence number is a string",
    places: (specimen) =>
      numbered(specimen).map(({ frame, number }) => {
        return plantIn(specimen, frame, ["sequence_number"], String(number), "sequence-missing");
      }),
  },
  {
    name: "no event has a sequence number",
    places: (specimen) => {
      const all = specimen.frames.map((frame) =>
        numberOf(frame) === null ? frame : alter(frame, ["sequence_number"], ABSENT),
      );
      const first = all.find(({ payload }) => payload !== null);
      return numbered(specimen).length === 0 ? [] : [() => planted(all, "sequence-missing", first)];
    },
  },
];
