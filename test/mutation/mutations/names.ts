// What events are called: on their event line, and in their payload.
import { newEvent, renumber, replace } from "../edits.ts";
import { ABSENT } from "../json.ts";
import { type Mutation, planted, plantIn } from "../mutation.ts";
import { wholeEvents } from "../specimen.ts";
import { withoutLines } from "../stream.ts";

const OTHER_NAMES = ["response.output_text.dleta", "response.completed", "ping", "error"];
const UNKNOWN_TYPES = ["response.tide_call.rising", "response.output_text.detla", "acme.trace", "ping2"];

export const nameMutations: readonly Mutation[] = [
  {
    name: "an event line names another type",
    places: (specimen) =>
      wholeEvents(specimen)
        .filter(({ name, payload }) => name !== null && payload?.type === name)
        .map((frame) => (random) => {
          const name = random.pick(OTHER_NAMES.filter((other) => other !== frame.name));
          const lines = frame.lines.map((line) => (line.startsWith("event") ? `event: ${name}` : line));
          const renamed = { ...frame, lines, name, origin: frame };
          return planted(replace(specimen.frames, frame, renamed), "event-type-mismatch", renamed);
        }),
  },
  {
    name: "an event has no event line",
    places: (specimen) =>
      wholeEvents(specimen)
        .filter(({ name }) => name !== null)
        .map((frame) => () => {
          const unnamed = withoutLines(frame, "event");
          return planted(replace(specimen.frames, frame, unnamed), "event-unnamed", unnamed);
        }),
  },
  {
    name: "no event has an event line",
    places: ({ frames }) => {
      if (!frames.some(({ name, payload }) => name !== null && payload !== null)) return [];
      const all = frames.map((frame) => (frame.payload === null ? frame : withoutLines(frame, "event")));
      const first = all.find(({ payload }) => payload !== null);
      return [() => planted(all, "event-unnamed", first)];
    },
  },
  {
    name: "a payload has no type",
    places: (specimen) =>
      wholeEvents(specimen)
        .filter(({ payload, name }) => payload?.type !== undefined && name !== null)
        .map((frame) => plantIn(specimen, frame, ["type"], ABSENT, "field-missing")),
  },
  {
    name: "an event of a type that nobody knows comes in between",
    places: (specimen) =>
      specimen.responses.flatMap(({ frames }) =>
        frames.slice(0, -1).map((behind) => (random) => {
          const unknown = newEvent({ type: random.pick(UNKNOWN_TYPES), sequence_number: 0 });
          const { frames, now } = renumber(specimen, replace(specimen.frames, behind, behind, unknown));
          return planted(frames, "unrecognized-event", now(unknown));
        }),
      ),
  },
];
