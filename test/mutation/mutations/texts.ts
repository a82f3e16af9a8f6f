// Texts and arguments that are not the same wherever a stream says them.
import { alter, changeCharacter, replace } from "../edits.ts";
import { ABSENT, listAt, type Path, textAt } from "../json.ts";
import { planted, type Mutation, type Plant } from "../mutation.ts";
import { DONE, type Specimen, type SpecimenItem, type SpecimenPart } from "../specimen.ts";
import type { Frame } from "../stream.ts";
import type { Random } from "../random.ts";

/** Where finished items have the texts that are streamed. */
const WHOLE_TEXTS: Readonly<Record<string, Path>> = {
  function_call: ["arguments"],
  mcp_call: ["arguments"],
  custom_tool_call: ["input"],
  code_interpreter_call: ["code"],
  apply_patch_call: ["operation", "diff"],
};
const PART_TEXTS = ["text", "refusal"];
const JSON_CALLS: ReadonlySet<string | null> = new Set(["function_call", "mcp_call"]);

/** Another text instead of one: a character changed, some lost, or some more. */
function otherText(text: string, random: Random): string {
  const length = Array.from(text).length;
  if (length === 0) return "x";
  const place = random.below(length);
  return random.pick([changeCharacter(text, place), Array.from(text).slice(0, place).join(""), `${text}${text}`]);
}

/** The paths of all texts in an item that were streamed before it was done. */
function textPaths(item: unknown, type: string | null): Path[] {
  const whole = WHOLE_TEXTS[type ?? ""];
  if (whole !== undefined) return (textAt(item, ...whole) ?? "") === "" ? [] : [whole];
  return ["content", "summary"].flatMap((list) =>
    listAt(item, list).flatMap((part, place) =>
      PART_TEXTS.filter((key) => (textAt(part, key) ?? "") !== "").map((key) => [list, place, key]),
    ),
  );
}

/** Alters a text of an event and demands a finding there or at another one. */
function alterText(specimen: Specimen, frame: Frame, path: Path, rule: string, place: Frame | null = null): Plant {
  return (random) => {
    const altered = alter(frame, path, otherText(textAt(frame.payload, ...path) ?? "", random));
    return planted(replace(specimen.frames, frame, altered), rule, place ?? altered);
  };
}

/** The items whose texts came in deltas: those of the others are nowhere else. */
function streamed({ parts }: Specimen): { readonly item: SpecimenItem; readonly parts: readonly SpecimenPart[] }[] {
  const items = new Set(parts.filter(({ deltas }) => deltas.length > 0).map(({ item }) => item));
  return [...items].map((item) => ({ item, parts: parts.filter((part) => part.item === item) }));
}

/** Makes the arguments of a call another text wherever they are said. */
function rewriteArguments(specimen: Specimen, { item, deltas, done, field, text }: SpecimenPart, other: string): Plant {
  return () => {
    const altered = new Map<Frame, Frame>([[done, alter(done, [field], other)]]);
    deltas.forEach((delta, place) => {
      const isLast = place === deltas.length - 1;
      const before = deltas.slice(0, place).reduce((length, one) => length + String(one.payload?.delta).length, 0);
      const own = String(delta.payload?.delta).length;
      altered.set(delta, alter(delta, ["delta"], other.slice(before, isLast ? undefined : before + own)));
    });
    if (item.done !== null && textAt(item.done.payload, "item", "arguments") === text) {
      altered.set(item.done, alter(item.done, ["item", "arguments"], other));
    }
    const { terminal } = item.response;
    const path = ["response", "output", item.place ?? 0, "arguments"];
    if (terminal !== null && textAt(terminal.payload, ...path) === text) {
      altered.set(terminal, alter(terminal, path, other));
    }
    const frames = specimen.frames.map((frame) => altered.get(frame) ?? frame);
    return planted(frames, "arguments-invalid-json", altered.get(done));
  };
}

export const textMutations: readonly Mutation[] = [
  {
    name: "the text of a delta is altered",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.map((delta): Plant => (random) => {
          const text = String(delta.payload?.delta);
          const altered = alter(delta, ["delta"], changeCharacter(text, random.below(Array.from(text).length)));
          return planted(replace(specimen.frames, delta, altered), "delta-mismatch", done);
        }),
      ),
  },
  {
    name: "a delta is empty",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.length < 2
          ? []
          : deltas.map((delta): Plant => () => {
              const altered = alter(delta, ["delta"], "");
              return planted(replace(specimen.frames, delta, altered), "delta-mismatch", done);
            }),
      ),
  },
  {
    name: "a delta has no text",
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done }) =>
        deltas.length < 2
          ? []
          : deltas.map((delta): Plant => (random) => {
              const altered = alter(delta, ["delta"], random.pick([ABSENT, null, 17, {}]));
              const frames = replace(specimen.frames, delta, altered);
              return {
                frames,
                sightings: [
                  { rule: null, at: altered },
                  { rule: "delta-mismatch", at: done },
                ],
              };
            }),
      ),
  },
  {
    name: "the event that says that a text is done has no text",
    places: (specimen) =>
      specimen.parts.map(({ done, field }) => () => {
        const altered = alter(done, [field], ABSENT);
        return planted(replace(specimen.frames, done, altered), "field-missing", altered);
      }),
  },
  {
    name: "a text is another one when it is done",
    also: ["arguments-invalid-json"],
    places: (specimen) =>
      specimen.parts.flatMap(({ deltas, done, field }) =>
        deltas.length === 0 ? [] : [alterText(specimen, done, [field], "delta-mismatch")],
      ),
  },
  {
    name: "a part has another text when it is done",
    places: (specimen) =>
      streamed(specimen).flatMap(({ item }) =>
        item.frames
          .filter(({ type }) => type.endsWith("part.done"))
          .flatMap((frame) =>
            PART_TEXTS.filter((key) => (textAt(frame.payload, "part", key) ?? "") !== "").map((key) =>
              alterText(specimen, frame, ["part", key], "part-mismatch"),
            ),
          ),
      ),
  },
  {
    name: "an item has another text when it is done",
    also: ["arguments-invalid-json"],
    places: (specimen) =>
      streamed(specimen).flatMap(({ item: { done, type } }) =>
        done === null
          ? []
          : textPaths(done.payload?.item, type).map((path) =>
              alterText(specimen, done, ["item", ...path], "part-mismatch"),
            ),
      ),
  },
  {
    name: "an item has another text in the terminal output",
    places: (specimen) =>
      streamed(specimen).flatMap(({ item: { type, place, response } }) => {
        const { terminal, isCompleted } = response;
        if (terminal === null || place === null || !isCompleted) return [];
        const item = listAt(terminal.payload, "response", "output")[place];
        return textPaths(item, type).map((path) =>
          alterText(specimen, terminal, ["response", "output", place, ...path], "terminal-output-mismatch"),
        );
      }),
  },
  {
    name: "the arguments of a call are no JSON",
    places: (specimen) =>
      specimen.parts
        .filter(({ item, text }) => JSON_CALLS.has(item.type) && text.length > 1)
        .flatMap((part) => {
          const { text } = part;
          const broken = [text.slice(0, -1), `${text}}`, text.replace(/"(?=:)/, ""), `${text}${text}`];
          return broken.filter((other) => other !== text).map((other) => rewriteArguments(specimen, part, other));
        }),
  },
  {
    name: "a finished call has another call id",
    places: (specimen) =>
      specimen.items.flatMap(({ added, done }) =>
        done === null || textAt(added.payload, "item", "call_id") === null
          ? []
          : [
              () => {
                const altered = alter(done, ["item", "call_id"], "call_another");
                return planted(replace(specimen.frames, done, altered), "call-id-changed", altered);
              },
            ],
      ),
  },
  {
    name: "a call of the terminal output has another call id",
    places: (specimen) =>
      specimen.items.flatMap(({ place, response: { terminal, isCompleted } }) => {
        const path = ["response", "output", place ?? 0, "call_id"];
        if (place === null || !isCompleted || textAt(terminal?.payload, ...path) === null || terminal === null)
          return [];
        const altered = alter(terminal, path, "call_another");
        return [() => planted(replace(specimen.frames, terminal, altered), "terminal-output-mismatch", altered)];
      }),
  },
  {
    name: "a finished call is of another function",
    places: (specimen) =>
      specimen.items.flatMap(({ done, type }) => {
        if (done?.type !== DONE || !JSON_CALLS.has(type) || textAt(done.payload, "item", "name") === null) return [];
        const altered = alter(done, ["item", "name"], "another_function");
        return [() => planted(replace(specimen.frames, done, altered), "item-changed", altered)];
      }),
  },
];
