// Frames that are damaged, joined or split, whatever the protocol says in them.
import { alter, newData, replace } from "../edits.ts";
import { CONSEQUENCES_OF_LOSS, type Mutation, planted, type Plant } from "../mutation.ts";
import type { Random } from "../random.ts";
import { type Specimen, wholeEvents } from "../specimen.ts";
import { createFrame, dataOf, type Frame, isJson, withData, withoutLines, writeFrame } from "../stream.ts";

/** Where what an event says is lost, be it that a response begins or ends. */
const LOSS = [...CONSEQUENCES_OF_LOSS, "no-terminal", "resumed-stream", "event-unnamed"];
const NO_UTF8 = 0xff;
/** Characters of data that stay on either side of a cut. */
const MARGIN = 2;
const NO_OBJECTS = ["[]", '"text"', "17", "null", "<html>", "upstream timed out", "{"];

/** Neighbours that are both events. */
function pairs(specimen: Specimen): { readonly first: Frame; readonly second: Frame }[] {
  const { frames } = specimen;
  const able = new Set(wholeEvents(specimen));
  return frames.flatMap((first, place) => {
    const second = frames[place + 1];
    return second !== undefined && able.has(first) && able.has(second) ? [{ first, second }] : [];
  });
}

/** Puts another frame, or two, in the place of each event; demands a rule at the first. */
function damage(
  rule: string,
  change: (frame: Frame, random: Random, specimen: Specimen) => readonly [Frame, ...Frame[]],
): (specimen: Specimen) => Plant[] {
  return (specimen) =>
    wholeEvents(specimen).map((frame) => (random) => {
      const changed = change(frame, random, specimen);
      return planted(replace(specimen.frames, frame, ...changed), rule, changed[0]);
    });
}

/** As `damage`, for events that have an event line, without which none would be left. */
function damageNamed(rule: string, change: (frame: Frame) => readonly [Frame, ...Frame[]]) {
  return (specimen: Specimen): Plant[] =>
    wholeEvents(specimen)
      .filter(({ name }) => name !== null)
      .map((frame) => () => {
        const changed = change(frame);
        return planted(replace(specimen.frames, frame, ...changed), rule, changed[0]);
      });
}

/** Cuts data in two, away from its ends. */
function cutData(frame: Frame, random: Random): { readonly head: string; readonly tail: string } {
  const data = dataOf(frame);
  const place = MARGIN + random.below(data.length - 2 * MARGIN);
  return { head: data.slice(0, place), tail: data.slice(place).replaceAll("\n", " ") };
}

export const frameMutations: readonly Mutation[] = [
  {
    name: "an event has no data line",
    also: LOSS,
    places: damageNamed("event-without-data", (frame) => [withoutLines(frame, "data")]),
  },
  {
    name: "a data line is misspelt",
    also: LOSS,
    places: damageNamed("event-without-data", (frame) => {
      return [createFrame([`event: ${frame.name}`, `Data: ${dataOf(frame)}`], frame)];
    }),
  },
  {
    name: "a blank line parts the name of an event from its data",
    also: ["event-unnamed"],
    places: damageNamed("event-without-data", (frame) => [
      withoutLines(frame, "data"),
      createFrame([`data: ${dataOf(frame).replaceAll("\n", " ")}`], frame),
    ]),
  },
  {
    name: "the data of an event is empty",
    also: LOSS,
    places: damage("event-without-data", (frame) => [withData(frame, "")]),
  },
  {
    name: "the blank line between two events is missing",
    also: LOSS,
    places: (specimen) =>
      pairs(specimen).map(({ first, second }) => () => {
        const open = { ...first, isEnded: false, origin: first };
        return planted(replace(specimen.frames, first, open), "merged-frames", second);
      }),
  },
  {
    name: "two payloads are glued into one data line",
    also: LOSS,
    places: (specimen) =>
      pairs(specimen).map(({ first, second }) => (random) => {
        const glued = withData(first, dataOf(first) + random.pick(["", " ", "data: "]) + dataOf(second));
        return planted(replace(replace(specimen.frames, first, glued), second), "merged-frames", glued);
      }),
  },
  {
    name: "a payload is split over two events",
    // Neither half can be read.
    also: [...LOSS, "invalid-json", "comment-in-data"],
    places: damage("invalid-json", (frame, random) => {
      const { head, tail } = cutData(frame, random);
      return [withData(frame, head), createFrame([`data: ${tail}`], frame)];
    }),
  },
  {
    name: "an event is written into the middle of another",
    also: [...LOSS, "invalid-json", "comment-in-data"],
    places: (specimen) =>
      pairs(specimen).map(({ first, second }) => (random) => {
        const { head, tail } = cutData(first, random);
        const [begun, rest] = [withData(first, head), createFrame([`data: ${tail}`], first)];
        return planted(replace(replace(specimen.frames, second), first, begun, second, rest), "invalid-json", begun);
      }),
  },
  {
    name: "the bytes between the middles of two events are lost",
    also: LOSS,
    places: (specimen) =>
      pairs(specimen).map(({ first, second }) => (random) => {
        const { head } = cutData(first, random);
        let { tail } = cutData(second, random);
        // Two halves can make a whole, which is then another fault.
        while (isJson(head + tail)) tail = tail.slice(1);
        const joined = withData(first, head + tail);
        return planted(replace(replace(specimen.frames, second), first, joined), "invalid-json", joined);
      }),
  },
  {
    name: "the data of an event is cut",
    also: LOSS,
    places: damage("invalid-json", (frame, random) => [withData(frame, cutData(frame, random).head)]),
  },
  {
    name: "a line feed stands in the middle of the data",
    also: LOSS,
    places: damage("invalid-json", (frame, random) => {
      const { head, tail } = cutData(frame, random);
      const broken = withData(frame, head);
      // Quoted, so that it is no field by chance.
      return [{ ...broken, lines: [...broken.lines, `"${tail}`] }];
    }),
  },
  {
    name: "the data of an event is no JSON object",
    also: LOSS,
    places: damage("invalid-json", (frame, random) => [withData(frame, random.pick(NO_OBJECTS))]),
  },
  {
    name: "the first event cannot be read",
    also: LOSS,
    places: ({ frames, responses: [response] }) => {
      const [first, second] = response?.frames ?? [];
      // Alone it tells of no dialect.
      if (first === undefined || second === undefined) return [];
      const data = dataOf(first);
      return ["", "null", "<html>", data.slice(0, data.length / 2)].map((other) => () => {
        const damaged = withData(first, other);
        return planted(replace(frames, first, damaged), other === "" ? "event-without-data" : "invalid-json", damaged);
      });
    },
  },
  {
    name: "a byte of the data is no UTF-8",
    places: damage("invalid-utf8", (frame, _, { stream }) => {
      const marked = alter(frame, ["obfuscation"], "@");
      const bytes = writeFrame(stream, marked);
      bytes[bytes.lastIndexOf('"@"') + 1] = NO_UTF8;
      return [{ ...marked, bytes }];
    }),
  },
  {
    name: "a line separator stands in the data",
    places: damage("line-separator", (frame, random) => {
      return [alter(frame, ["obfuscation"], `a${random.pick(["\u2028", "\u2029", "\u0085"])}b`)];
    }),
  },
  {
    name: "a comment is sent on as data",
    // It has no event line.
    also: ["event-unnamed"],
    places: (specimen) =>
      wholeEvents(specimen).map((frame) => () => {
        const comment = newData(": PROCESSING");
        return planted(replace(specimen.frames, frame, frame, comment), "comment-in-data", comment);
      }),
  },
];
