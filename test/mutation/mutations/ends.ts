// Streams and responses that end too early, begin too late, begin again, or go on after their end.
import { alter, copyOf, moveBehind, newData, newEvent, renumber, replace, without } from "../edits.ts";
import { type Mutation, planted, plantIn, type Plant } from "../mutation.ts";
import { DONE, isLifecycle, isTerminal, numberOf, type Specimen, type SpecimenResponse } from "../specimen.ts";
import { type Frame, writeFrame } from "../stream.ts";

/** Other data than frames can have follows their last brace; before it, JSON is broken. */
const SHORTEST_CUT = "data: {".length;

/** Events of the last response after which it is still open; the input can end behind each. */
function openFrames({ responses, frames }: Specimen): { readonly last: Frame; readonly place: number }[] {
  const response = responses.at(-1);
  if (response === undefined) return [];
  const end = response.end === null ? response.frames.length : response.frames.indexOf(response.end);
  return response.frames.slice(0, end).map((last) => ({ last, place: frames.indexOf(last) }));
}

/** Responses that are open until their terminal event. */
function ending({ responses }: Specimen): { readonly response: SpecimenResponse; readonly terminal: Frame }[] {
  return responses.flatMap((response) => {
    const { terminal, end } = response;
    return terminal === null || terminal !== end ? [] : [{ response, terminal }];
  });
}

/** What comes last of all before another response, or the end of the input, may be no event of the response. */
function lastBefore({ frames, responses }: Specimen, response: SpecimenResponse): Frame | undefined {
  const next = responses[responses.indexOf(response) + 1]?.frames[0];
  const end = next === undefined ? frames.length : frames.indexOf(next);
  const last = frames.slice(0, end).findLast(({ hasData }) => hasData);
  return last === response.terminal ? undefined : last;
}

/** Plants something in the middle of each response, behind an event after which it is open. */
function inTheMiddle(
  specimen: Specimen,
  plant: (response: SpecimenResponse, behind: Frame, created: Frame) => Plant,
): Plant[] {
  return specimen.responses.flatMap((response) => {
    const { created, end, frames } = response;
    if (created === null || end === null) return [];
    return frames.slice(1, frames.indexOf(end)).map((behind) => plant(response, behind, created));
  });
}

export const endMutations: readonly Mutation[] = [
  {
    name: "the input ends between two events",
    places: (specimen) =>
      openFrames(specimen).map(({ last, place }) => () => {
        return planted(specimen.frames.slice(0, place + 1), "no-terminal", last);
      }),
  },
  {
    name: "the input ends within an event",
    also: ["unterminated-last-event"],
    places: (specimen) =>
      openFrames(specimen).flatMap(({ last, place }) => {
        const next = specimen.frames[place + 1];
        if (next?.payload === undefined || next.payload === null) return [];
        return [
          (random) => {
            const bytes = writeFrame(specimen.stream, next);
            const data = bytes.indexOf("data:");
            const end = bytes.lastIndexOf("}");
            const length = data + SHORTEST_CUT + random.below(end - data - SHORTEST_CUT);
            const cut = { ...next, bytes: bytes.subarray(0, length), isEnded: false, origin: next };
            return planted([...specimen.frames.slice(0, place + 1), cut], "no-terminal", last);
          },
        ];
      }),
  },
  {
    name: "the blank line at the end is missing",
    places: ({ frames }) => {
      const last = frames.at(-1);
      if (last?.payload === undefined || last.payload === null || !last.isEnded) return [];
      const cut = { ...last, isEnded: false, origin: last };
      return [() => planted(replace(frames, last, cut), "unterminated-last-event", cut)];
    },
  },
  {
    name: "the terminal event is missing",
    places: (specimen) =>
      ending(specimen).map(({ response, terminal }) => () => {
        const last = without(response.frames, terminal).at(-1);
        return planted(without(specimen.frames, terminal), "no-terminal", lastBefore(specimen, response) ?? last);
      }),
  },
  {
    name: "the beginning of the stream is missing",
    places: ({ frames, items, responses: [response] }) => {
      if (response?.created === null || response === undefined) return [];
      // Those that are about no item say nothing of a response that began before.
      return items
        .filter((item) => item.response === response)
        .flatMap((item) => item.frames.slice(item.frames.indexOf(item.added)))
        .filter((first) => numberOf(first) !== null)
        .map((first) => () => planted(frames.slice(frames.indexOf(first)), "resumed-stream", first));
    },
  },
  {
    name: "the beginning is missing, and numbers begin at 0 all the same",
    also: ["item-not-added"],
    places: (specimen) =>
      specimen.responses.slice(0, 1).flatMap(({ created, frames }) => {
        if (created === null || frames.length < 2) return [];
        return [
          () => {
            const { frames: all } = renumber(specimen, without(specimen.frames, created));
            return planted(
              all,
              "start-missing",
              all.find(({ payload }) => payload !== null),
            );
          },
        ];
      }),
  },
  {
    name: "the response begins a second time",
    places: (specimen) =>
      inTheMiddle(specimen, (_, behind, created) => () => {
        const second = copyOf(created);
        const { frames, now } = renumber(specimen, replace(specimen.frames, behind, behind, second));
        return planted(frames, "second-start", now(second));
      }),
  },
  {
    name: "another response begins before the first has ended",
    // What comes now is of a response that has heard of none of it.
    also: ["item-not-added", "item-not-done", "sequence-gap", "terminal-output-mismatch", "output-index-order"],
    places: (specimen) =>
      inTheMiddle(specimen, (_, behind, created) => () => {
        const other = alter(copyOf(created), ["response", "id"], "resp_another");
        return planted(replace(specimen.frames, behind, behind, other), "no-terminal", behind);
      }),
  },
  {
    name: "an event comes after the terminal one",
    places: (specimen) =>
      ending(specimen).flatMap(({ response, terminal }) =>
        response.frames
          .filter((frame) => !isLifecycle(frame) && frame.payload?.output_index !== undefined)
          .map((frame) => () => {
            const late = copyOf(frame);
            const { frames, now } = renumber(specimen, replace(specimen.frames, terminal, terminal, late));
            return planted(frames, "event-after-terminal", now(late));
          }),
      ),
  },
  {
    name: "the terminal event comes before the last item is done",
    also: ["item-not-done"],
    places: (specimen) =>
      ending(specimen).flatMap(({ response, terminal }) => {
        const last = response.frames[response.frames.indexOf(terminal) - 1];
        if (last?.type !== DONE) return [];
        return [
          () => {
            const { frames, now } = renumber(specimen, moveBehind(specimen.frames, last, terminal));
            return planted(frames, "event-after-terminal", now(last));
          },
        ];
      }),
  },
  {
    name: "the terminal event is sent twice",
    places: (specimen) =>
      ending(specimen).map(({ terminal }) => () => {
        const second = copyOf(terminal);
        const { frames, now } = renumber(specimen, replace(specimen.frames, terminal, terminal, second));
        return planted(frames, "event-after-terminal", now(second));
      }),
  },
  {
    name: "[DONE] comes in the middle",
    also: ["event-after-terminal"],
    places: (specimen) =>
      inTheMiddle(specimen, (_, behind) => () => {
        const done = newData("[DONE]");
        return planted(replace(specimen.frames, behind, behind, done), "done-sentinel", done);
      }),
  },
  {
    name: "[DONE] comes at the end",
    places: ({ frames }) => {
      const last = frames.at(-1);
      if (last === undefined || !isTerminal(last) || !last.isEnded) return [];
      const done = newData("[DONE]");
      return [() => planted([...frames, done], "done-sentinel", done)];
    },
  },
  {
    name: "an error comes in the middle",
    also: ["error-shape"],
    places: (specimen) =>
      inTheMiddle(specimen, (_, behind) => (random) => {
        const words = { code: "server_error", message: "The server had an error.", param: null };
        const error = newEvent(
          random.pick([
            { type: "error", sequence_number: 0, ...words },
            { type: "error", sequence_number: 0, error: { type: "server_error", ...words } },
          ]),
        );
        const { frames, now } = renumber(specimen, replace(specimen.frames, behind, behind, error));
        return planted(frames, "in-band-error", now(error));
      }),
  },
  {
    name: "the terminal event is of another response",
    places: (specimen) =>
      ending(specimen)
        // Where the beginning is not in the capture, its id is not either.
        .filter(({ response: { created } }) => created !== null)
        .map(({ terminal }) => plantIn(specimen, terminal, ["response", "id"], "resp_another", "response-id-changed")),
  },
];
