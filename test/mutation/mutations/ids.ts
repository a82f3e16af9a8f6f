// Ids, indexes and types of items that change on the way, or are not there.
import { alter, farIndex, replace } from "../edits.ts";
import { ABSENT, type Path, textAt } from "../json.ts";
import { planted, type Mutation, type Plant } from "../mutation.ts";
import { deltaOf, type Specimen, type SpecimenItem } from "../specimen.ts";
import type { Frame } from "../stream.ts";

const OTHER_ID = "id_another";
const ITEM_ID: Path = ["item_id"];
const OUTPUT_INDEX: Path = ["output_index"];

/** Alters one event and demands a finding at it. */
function alterOne(specimen: Specimen, frame: Frame, path: Path, value: unknown, rule: string | null): Plant {
  return () => {
    const altered = alter(frame, path, value);
    return planted(replace(specimen.frames, frame, altered), rule, altered);
  };
}

/** The events of an item that name its id. */
function naming({ frames, id }: SpecimenItem): Frame[] {
  return id === null ? [] : frames.filter(({ payload }) => payload?.item_id === id);
}

/** All that names an item, with another id of it. */
function giveId(item: SpecimenItem, id: string | null): Map<Frame, Frame> {
  const { added, done, place, response } = item;
  const altered = new Map(naming(item).map((frame) => [frame, alter(frame, ITEM_ID, id)]));
  for (const frame of [added, done]) if (frame !== null) altered.set(frame, alter(frame, ["item", "id"], id));
  if (place === null || response.terminal === null) return altered;
  return altered.set(response.terminal, alter(response.terminal, ["response", "output", place, "id"], id));
}

/** Other items of the same response. */
function others({ items }: Specimen, item: SpecimenItem): SpecimenItem[] {
  return items.filter((other) => other !== item && other.response === item.response);
}

/** The items that were added before this one. */
function earlier(specimen: Specimen, item: SpecimenItem): SpecimenItem[] {
  const { frames } = specimen;
  return others(specimen, item).filter(({ added }) => frames.indexOf(added) < frames.indexOf(item.added));
}

export const idMutations: readonly Mutation[] = [
  {
    name: "one event names another item id",
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        naming(item).map((frame) => alterOne(specimen, frame, ITEM_ID, OTHER_ID, "item-id-changed")),
      ),
  },
  {
    name: "one event names the id of another item",
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        naming(item).flatMap((frame) =>
          others(specimen, item).flatMap(({ id }) =>
            id === null || id === item.id ? [] : [alterOne(specimen, frame, ITEM_ID, id, "item-id-changed")],
          ),
        ),
      ),
  },
  {
    name: "all events of an item name another item id",
    places: (specimen) =>
      specimen.items.flatMap((item) => {
        const altered = new Map(naming(item).map((frame) => [frame, alter(frame, ITEM_ID, OTHER_ID)]));
        const [first] = altered.values();
        const frames = specimen.frames.map((frame) => altered.get(frame) ?? frame);
        return first === undefined ? [] : [() => planted(frames, "item-id-changed", first)];
      }),
  },
  {
    name: "an event has no item id",
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        naming(item).map((frame) => alterOne(specimen, frame, ITEM_ID, ABSENT, "field-missing")),
      ),
  },
  {
    name: "two items have the same id",
    also: ["terminal-output-mismatch"],
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        earlier(specimen, item)
          .filter(({ id }) => id !== null && id !== item.id)
          .map(({ id }): Plant => () => {
            const altered = giveId(item, id);
            const frames = specimen.frames.map((frame) => altered.get(frame) ?? frame);
            return planted(frames, "item-id-repeated", altered.get(item.added));
          }),
      ),
  },
  {
    name: "a finished item has another id",
    places: (specimen) =>
      specimen.items.flatMap(({ done, id }) =>
        done === null || id === null || textAt(done.payload, "item", "id") !== id
          ? []
          : [alterOne(specimen, done, ["item", "id"], OTHER_ID, "item-id-changed")],
      ),
  },
  {
    name: "an item of the terminal output has another id",
    places: (specimen) =>
      specimen.items.flatMap(({ place, response: { terminal, isCompleted } }) =>
        place === null || terminal === null || !isCompleted
          ? []
          : [alterOne(specimen, terminal, ["response", "output", place, "id"], OTHER_ID, "item-id-changed")],
      ),
  },
  {
    name: "a finished item has another type",
    places: (specimen) =>
      specimen.items.flatMap(({ done, type }) => {
        if (done === null || type === null) return [];
        const other = type === "message" ? "function_call" : "message";
        return [alterOne(specimen, done, ["item", "type"], other, "item-changed")];
      }),
  },
  {
    name: "an item of the terminal output has another type",
    places: (specimen) =>
      specimen.items.flatMap(({ place, type, response: { terminal, isCompleted } }) => {
        if (place === null || terminal === null || !isCompleted || type === null) return [];
        const other = type === "message" ? "function_call" : "message";
        const path = ["response", "output", place, "type"];
        return [alterOne(specimen, terminal, path, other, "terminal-output-mismatch")];
      }),
  },
  {
    name: "an item is added at an index that is taken",
    // The item that was to stand there is then one that nobody added.
    also: ["item-not-added", "item-id-changed", "terminal-output-mismatch", "item-not-done"],
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        earlier(specimen, item).map(({ position }) =>
          alterOne(specimen, item.added, OUTPUT_INDEX, position, "output-index-collision"),
        ),
      ),
  },
  {
    name: "an item is added far behind the last one",
    also: ["item-not-added", "item-not-done", "terminal-output-mismatch", "output-index-order"],
    places: (specimen) =>
      specimen.items.flatMap((item) => {
        // Where the capture begins in the middle, the first item in it may have any position.
        if (item.response.created === null) return [];
        const far = farIndex(item.response.frames);
        return [alterOne(specimen, item.added, OUTPUT_INDEX, far, "output-index-order")];
      }),
  },
  {
    name: "all of an item has the index of another one",
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        earlier(specimen, item).map(({ position }): Plant => () => {
          const altered = new Map(item.frames.map((frame) => [frame, alter(frame, OUTPUT_INDEX, position)]));
          const frames = specimen.frames.map((frame) => altered.get(frame) ?? frame);
          return planted(frames, "output-index-collision", altered.get(item.added));
        }),
      ),
  },
  {
    name: "an event has an index that no item has",
    also: ["delta-mismatch", "done-without-delta", "delta-without-done", "item-not-done"],
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        item.frames
          .filter((frame) => frame !== item.added)
          .map((frame) => {
            return alterOne(specimen, frame, OUTPUT_INDEX, farIndex(item.response.frames), "item-not-added");
          }),
      ),
  },
  {
    name: "an event has the index of another item",
    also: ["delta-mismatch", "done-without-delta", "delta-without-done"],
    places: (specimen) =>
      specimen.items.flatMap((item) =>
        naming(item).flatMap((frame) =>
          earlier(specimen, item)
            .filter(({ id }) => id !== null && id !== item.id)
            .map(({ position }) => alterOne(specimen, frame, OUTPUT_INDEX, position, "item-id-changed")),
        ),
      ),
  },
  {
    name: "a delta goes to another item, id and all",
    also: ["delta-without-done", "delta-mismatch", "part-mismatch", "terminal-output-mismatch"],
    places: (specimen) =>
      specimen.parts.flatMap(({ item, deltas, done }) =>
        deltas.length < 2
          ? []
          : deltas.flatMap((delta) =>
              earlier(specimen, item)
                .filter(({ id }) => id !== null)
                .map(({ position, id }): Plant => () => {
                  const altered = alter(alter(delta, OUTPUT_INDEX, position), ITEM_ID, id);
                  return planted(replace(specimen.frames, delta, altered), "delta-mismatch", done);
                }),
            ),
      ),
  },
  {
    name: "an event has no output index",
    also: ["delta-mismatch"],
    places: (specimen) =>
      specimen.items.flatMap(({ frames }) =>
        frames.map((frame) => alterOne(specimen, frame, OUTPUT_INDEX, ABSENT, "output-index-missing")),
      ),
  },
  {
    name: "an output index is no number from 0",
    places: (specimen) =>
      specimen.items.flatMap(({ frames }) =>
        frames.map((frame): Plant => (random) => {
          const value = random.pick([String(frame.payload?.output_index), null, -1, 0.5]);
          const altered = alter(frame, OUTPUT_INDEX, value);
          return planted(replace(specimen.frames, frame, altered), "output-index-missing", altered);
        }),
      ),
  },
  {
    name: "a part is added at an index that is not the next",
    also: ["delta-mismatch"],
    places: (specimen) =>
      specimen.items.flatMap(({ frames }) =>
        frames.flatMap((frame) => {
          const field = numberField(frame);
          if (!frame.type.endsWith("part.added") || field === null) return [];
          const far = Number(frame.payload?.[field]) + 3;
          return [alterOne(specimen, frame, [field], far, "content-index-order")];
        }),
      ),
  },
  {
    name: "a delta is of a part that was not added",
    also: ["delta-without-done", "part-mismatch"],
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.length < 2
          ? []
          : deltas.flatMap((delta) => {
              const field = numberField(delta);
              if (field === null) return [];
              return [
                () => {
                  const altered = alter(delta, [field], Number(delta.payload?.[field]) + 3);
                  const frames = replace(specimen.frames, delta, altered);
                  return {
                    frames,
                    sightings: [
                      { rule: null, at: altered },
                      { rule: "delta-mismatch", at: done },
                    ],
                  };
                },
              ];
            }),
      ),
  },
  {
    name: "a delta does not say of which part it is",
    places: (specimen) =>
      specimen.items.flatMap(({ frames }) =>
        frames.flatMap((frame) => {
          const field = deltaOf(frame) === null ? null : numberField(frame);
          return field === null ? [] : [alterOne(specimen, frame, [field], ABSENT, "field-missing")];
        }),
      ),
  },
];

function numberField({ payload }: Frame): string | null {
  return ["content_index", "summary_index"].find((field) => typeof payload?.[field] === "number") ?? null;
}
