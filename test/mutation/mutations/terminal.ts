// Terminal events, and what items say of themselves when they are done, that contradict the stream or themselves.
import { alter, replace } from "../edits.ts";
import { ABSENT, at, indexAt, isObject, listAt, type Path, putIn, textAt } from "../json.ts";
import { planted, type Mutation, type Plant } from "../mutation.ts";
import type { Random } from "../random.ts";
import type { Specimen, SpecimenResponse } from "../specimen.ts";
import { type Frame, withPayload } from "../stream.ts";

const OUTPUT: Path = ["response", "output"];
const USAGE: Path = ["response", "usage"];
const STATUS: Path = ["response", "status"];

interface Ending {
  readonly response: SpecimenResponse;
  readonly terminal: Frame;
  readonly output: readonly unknown[];
}

/** Responses that ended as they should. */
function completed({ responses }: Specimen): Ending[] {
  return responses.flatMap((response) => {
    const { terminal, isCompleted } = response;
    if (terminal === null || !isCompleted) return [];
    return [{ response, terminal, output: listAt(terminal.payload, ...OUTPUT) }];
  });
}

/** Puts a value into the terminal event of each response that ended as it should, where there is one to put. */
function inTerminal(
  rule: string | null,
  path: Path,
  valueFor: (ending: Ending, random: Random) => unknown,
): (specimen: Specimen) => Plant[] {
  return (specimen) =>
    completed(specimen).flatMap((ending) => {
      const { terminal } = ending;
      if (!isObject(at(terminal.payload, ...path.slice(0, -1)))) return [];
      return [
        (random) => {
          const altered = alter(terminal, path, valueFor(ending, random));
          return planted(replace(specimen.frames, terminal, altered), rule, altered);
        },
      ];
    });
}

/** As `inTerminal`, for outputs of so many items. */
function inOutput(
  rule: string,
  fewest: number,
  change: (output: readonly unknown[], random: Random) => readonly unknown[],
): (specimen: Specimen) => Plant[] {
  return (specimen) =>
    completed(specimen)
      // Where the beginning is not in the capture, nobody knows what was before it.
      .filter(({ response, output }) => response.created !== null && output.length >= fewest)
      .map(({ terminal, output }) => (random) => {
        const altered = alter(terminal, OUTPUT, change(output, random));
        return planted(replace(specimen.frames, terminal, altered), rule, altered);
      });
}

/** Gives each terminal event another type, on its event line and in its payload. */
function retype(type: string): (specimen: Specimen) => Plant[] {
  return (specimen) =>
    completed(specimen).flatMap(({ terminal }) => {
      const { payload } = terminal;
      if (payload === null || terminal.type === type) return [];
      const lines = terminal.lines.map((line) => (line.startsWith("event") ? `event: ${type}` : line));
      const named = { ...terminal, lines, name: terminal.name === null ? null : type, origin: terminal };
      const retyped = withPayload(named, putIn(payload, ["type"], type));
      return [() => planted(replace(specimen.frames, terminal, retyped), "status-mismatch", retyped)];
    });
}

/** A number that is reported, a little further. */
function further(path: Path, step: number): (ending: Ending) => unknown {
  return ({ terminal }) => (indexAt(terminal.payload, ...path) ?? 0) + step;
}

function usageOf(...path: Path): Path {
  return [...USAGE, ...path];
}

/** Gives each finished item another status. */
function itemStatus(status: string): (specimen: Specimen) => Plant[] {
  return (specimen) =>
    specimen.items.flatMap(({ done, response }) => {
      if (done === null || !response.isCompleted || textAt(done.payload, "item", "status") !== "completed") return [];
      const altered = alter(done, ["item", "status"], status);
      return [() => planted(replace(specimen.frames, done, altered), "item-status-mismatch", altered)];
    });
}

export const terminalMutations: readonly Mutation[] = [
  { name: "the terminal output is empty", places: inOutput("terminal-output-empty", 1, () => []) },
  {
    name: "the terminal event has no output",
    places: (specimen) =>
      completed(specimen)
        .filter(({ output }) => output.length > 0)
        .map(({ terminal }) => () => {
          const altered = alter(terminal, OUTPUT, ABSENT);
          return planted(replace(specimen.frames, terminal, altered), "terminal-output-empty", altered);
        }),
  },
  {
    name: "an item is missing in the terminal output",
    places: inOutput("terminal-output-mismatch", 2, (output, random) =>
      output.toSpliced(random.below(output.length), 1),
    ),
  },
  {
    name: "an item stands twice in the terminal output",
    places: inOutput("terminal-output-mismatch", 1, (output, random) => {
      const place = random.below(output.length);
      return output.toSpliced(place, 0, output[place]);
    }),
  },
  {
    name: "two items are swapped in the terminal output",
    places: inOutput("terminal-output-mismatch", 2, (output, random) => {
      const place = random.below(output.length - 1);
      return output.toSpliced(place, 2, output[place + 1], output[place]);
    }),
  },
  {
    name: "the status of a completed response is another one",
    also: ["incomplete"],
    places: inTerminal("status-mismatch", STATUS, (_, random) => random.pick(["in_progress", "incomplete", "failed"])),
  },
  {
    name: "a completed response ends as an incomplete one",
    also: ["incomplete"],
    places: retype("response.incomplete"),
  },
  { name: "a completed response ends as a failed one", places: retype("response.failed") },
  { name: "a finished item is in progress", places: itemStatus("in_progress") },
  { name: "a finished item is incomplete", places: itemStatus("incomplete") },
  {
    name: "an item of the terminal output is in progress",
    places: (specimen) =>
      specimen.items.flatMap(({ place, response: { terminal, isCompleted } }) => {
        const path = ["response", "output", place ?? 0, "status"];
        if (terminal === null || place === null || !isCompleted) return [];
        if (textAt(terminal.payload, ...path) !== "completed") return [];
        const altered = alter(terminal, path, "in_progress");
        return [() => planted(replace(specimen.frames, terminal, altered), "item-status-mismatch", altered)];
      }),
  },
  { name: "there is no usage", places: inTerminal("usage-missing", USAGE, () => ABSENT) },
  { name: "usage is null", places: inTerminal("usage-missing", USAGE, () => null) },
  {
    name: "the total of tokens is off by one",
    places: inTerminal("usage-arithmetic", usageOf("total_tokens"), (ending, random) => {
      return further(usageOf("total_tokens"), random.pick([1, -1]))(ending);
    }),
  },
  {
    name: "the input tokens are more than they were",
    places: inTerminal("usage-arithmetic", usageOf("input_tokens"), further(usageOf("input_tokens"), 1)),
  },
  {
    name: "the output tokens are more than they were",
    places: inTerminal("usage-arithmetic", usageOf("output_tokens"), further(usageOf("output_tokens"), 1)),
  },
  {
    name: "more tokens are cached than came in",
    places: inTerminal(
      "usage-arithmetic",
      usageOf("input_tokens_details", "cached_tokens"),
      further(usageOf("input_tokens"), 1),
    ),
  },
  {
    name: "more tokens are of reasoning than came out",
    places: inTerminal(
      "usage-part-exceeds-whole",
      usageOf("output_tokens_details", "reasoning_tokens"),
      further(usageOf("output_tokens"), 1),
    ),
  },
  {
    name: "a number of tokens is none",
    places: inTerminal("usage-arithmetic", usageOf("output_tokens"), (_, random) => random.pick([-1, 0.5, "8"])),
  },
];
