// Events of an item that are lost, doubled or out of order, numbered so that only what they say shows it.
import { copyOf, moveBehind, renumber, replace, without } from "../edits.ts";
import { at, listAt } from "../json.ts";
import { CONSEQUENCES_OF_LOSS, planted, type Mutation, type Plant } from "../mutation.ts";
import { ADDED, type Specimen, type SpecimenItem } from "../specimen.ts";
import type { Frame } from "../stream.ts";

const PART_ADDED: ReadonlySet<string> = new Set([
  "response.content_part.added",
  "response.reasoning_summary_part.added",
]);
const PART_DONE: ReadonlySet<string> = new Set(["response.content_part.done", "response.reasoning_summary_part.done"]);

/** Drops events, numbers the others anew, and demands a finding at one of them. */
function lose(specimen: Specimen, gone: readonly Frame[], rule: string | null, place: Frame): Plant {
  return () => {
    const { frames, now } = renumber(specimen, without(specimen.frames, ...gone));
    return planted(frames, rule, now(place));
  };
}

/** Sends an event once more, right behind itself or behind another one. */
function double(specimen: Specimen, frame: Frame, rule: string | null, behind: Frame = frame): Plant {
  return () => {
    const copy = copyOf(frame);
    const { frames, now } = renumber(specimen, replace(specimen.frames, behind, behind, copy));
    return planted(frames, rule, now(copy));
  };
}

/** Puts an event behind another one, and demands a finding at one of the two, or at a third. */
function delay(specimen: Specimen, frame: Frame, behind: Frame, rule: string | null, place: Frame): Plant {
  return () => {
    const { frames, now } = renumber(specimen, moveBehind(specimen.frames, frame, behind));
    return planted(frames, rule, now(place));
  };
}

/** The event after this one of the same item. */
function next({ frames }: SpecimenItem, frame: Frame): Frame | undefined {
  return frames[frames.indexOf(frame) + 1];
}

/** The items whose terminal event has an output with all items of the response. */
function listed({ items }: Specimen): { readonly item: SpecimenItem; readonly terminal: Frame }[] {
  return items.flatMap((item) => {
    const { terminal, isCompleted } = item.response;
    const count = items.filter(({ response }) => response === item.response).length;
    const isAll = listAt(terminal?.payload, "response", "output").length === count;
    return terminal !== null && isCompleted && isAll && item.place !== null && count > 1 ? [{ item, terminal }] : [];
  });
}

/** The items that were not begun before the capture was: there the first one may have any position. */
function begun({ items }: Specimen): SpecimenItem[] {
  return items.filter(({ response }) => response.created !== null);
}

/** Where it is seen that no event said that a text is done; null where its item or response was cut. */
function endOfItem({ done, response }: SpecimenItem): Frame | null {
  if (at(done?.payload, "item", "status") === "incomplete") return null;
  return done ?? (response.isCompleted ? response.terminal : null);
}

export const structureMutations: readonly Mutation[] = [
  {
    name: "the beginning of an item is lost",
    also: ["output-index-order"],
    places: (specimen) =>
      begun(specimen).flatMap((item) => {
        const after = next(item, item.added);
        return after === undefined ? [] : [lose(specimen, [item.added], "item-not-added", after)];
      }),
  },
  {
    name: "the end of an item is lost",
    places: (specimen) =>
      specimen.items.flatMap(({ done, response: { isCompleted, terminal } }) =>
        done === null || terminal === null || !isCompleted ? [] : [lose(specimen, [done], "item-not-done", terminal)],
      ),
  },
  {
    name: "an item is lost, all of it",
    also: ["output-index-order"],
    places: (specimen) =>
      listed(specimen).map(({ item, terminal }) => {
        return lose(specimen, item.frames, "terminal-output-mismatch", terminal);
      }),
  },
  {
    name: "the beginning of a part is lost",
    also: ["content-index-order"],
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        item.frames
          .filter(({ type }) => PART_ADDED.has(type))
          .flatMap((frame) => {
            const after = next(item, frame);
            return after === undefined ? [] : [lose(specimen, [frame], "part-not-added", after)];
          }),
      ),
  },
  {
    name: "the end of a part is lost",
    places: (specimen) =>
      specimen.items.flatMap((item) => {
        const end = endOfItem(item);
        const ends = item.frames.filter(({ type }) => PART_DONE.has(type));
        return item.done === null || end === null
          ? []
          : ends.map((frame) => lose(specimen, [frame], "part-not-done", end));
      }),
  },
  {
    name: "the event that says that a text is done is lost",
    places: (specimen) =>
      specimen.parts.flatMap(({ item, deltas, done }) => {
        const end = endOfItem(item);
        return end === null || deltas.length === 0 ? [] : [lose(specimen, [done], "delta-without-done", end)];
      }),
  },
  {
    name: "a delta is lost, and nothing else shows it",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.length < 2 ? [] : deltas.map((delta) => lose(specimen, [delta], "delta-mismatch", done)),
      ),
  },
  {
    name: "all deltas of a text are lost",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done, text }) =>
        deltas.length === 0 || text === "" ? [] : [lose(specimen, deltas, "done-without-delta", done)],
      ),
  },
  {
    name: "a delta is doubled, and nothing else shows it",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.map((delta): Plant => () => {
          const all = replace(specimen.frames, delta, delta, copyOf(delta));
          const { frames, now } = renumber(specimen, all);
          return planted(frames, "delta-mismatch", now(done));
        }),
      ),
  },
  {
    name: "two deltas are swapped, and nothing else shows it",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.flatMap((first, place) => {
          const second = deltas[place + 1];
          if (second === undefined) return [];
          const [one, other] = [String(first.payload?.delta), String(second.payload?.delta)];
          // Nobody can tell them apart.
          return one + other === other + one ? [] : [delay(specimen, first, second, "delta-mismatch", done)];
        }),
      ),
  },
  {
    name: "the last delta comes after the end of its text",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) => {
        const last = deltas.at(-1);
        return last === undefined || deltas.length < 2 ? [] : [delay(specimen, last, done, "delta-mismatch", done)];
      }),
  },
  {
    name: "an item begins after its first event",
    also: ["output-index-order"],
    places: (specimen) =>
      begun(specimen).flatMap((item) => {
        const after = next(item, item.added);
        return after === undefined ? [] : [delay(specimen, item.added, after, "item-not-added", after)];
      }),
  },
  {
    name: "an event of an item comes after the item is done",
    also: CONSEQUENCES_OF_LOSS,
    bound: { share: 0.98, because: "an event of a type that nobody knows may come at any time" },
    places: (specimen) =>
      specimen.items.flatMap((item) => {
        const { done } = item;
        if (done === null) return [];
        const others = item.frames.filter((frame) => frame !== done && frame.type !== ADDED);
        return others.map((frame): Plant => () => {
          const { frames, now } = renumber(specimen, moveBehind(specimen.frames, frame, done));
          return planted(frames, "event-after-done", now(frame));
        });
      }),
  },
  {
    name: "an item begins twice",
    places: (specimen) =>
      specimen.items.flatMap((item) => {
        const behind = item.frames.slice(item.frames.indexOf(item.added)).filter((frame) => frame !== item.done);
        return behind.map((frame) => double(specimen, item.added, "output-index-collision", frame));
      }),
  },
  {
    name: "a part begins twice",
    places: (specimen) =>
      specimen.items.flatMap(({ frames }) =>
        frames
          .filter(({ type }) => PART_ADDED.has(type))
          .map((frame) => double(specimen, frame, "content-index-order")),
      ),
  },
  {
    name: "an item is done twice",
    places: (specimen) =>
      specimen.items.flatMap(({ done }) => (done === null ? [] : [double(specimen, done, "event-after-done")])),
  },
  {
    name: "a text is done twice",
    places: (specimen) => specimen.parts.map(({ done }) => double(specimen, done, "event-after-done")),
  },
];
