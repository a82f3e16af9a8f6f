// Compares large texts, in three protocols and many scripts, with the lower bound for a reader in JavaScript.
import { type InputName, writeInput } from "../inputs/inputs.ts";
import { measureCpu } from "../measure.ts";
import { demandClean, jsonParse, ssescope } from "../programs.ts";
import type { Section } from "../section.ts";
import { ratioOf, spreadOf } from "../statistics.ts";
import { megabytes, seconds, table, times } from "../table.ts";

const TEXTS: readonly { readonly input: InputName; readonly title: string; readonly aim: string }[] = [
  { input: "responses-text", title: "Responses", aim: "≤ 0.5×" },
  { input: "responses-text-mixed-scripts", title: "Responses, mixed scripts", aim: "≤ 0.5×" },
  { input: "chat-text", title: "Chat Completions", aim: "≤ 0.6×" },
  { input: "anthropic-text", title: "Anthropic", aim: "≤ 0.6×" },
];

export const texts: Section = {
  name: "texts",
  isQuoted: true,
  run({ rounds, bytes, folder }) {
    const rows = TEXTS.map(({ input, title, aim }) => {
      const file = writeInput(folder, input, bytes);
      demandClean([file]);
      const [own = [], floor = []] = measureCpu([ssescope(file), jsonParse(file)], rounds);
      return [title, seconds(spreadOf(own)), seconds(spreadOf(floor)), times(ratioOf(own, floor)), aim];
    });
    return table([[`${megabytes(bytes)} of text deltas`, "CPU s", "JSON.parse alone", "ratio", "aim"], ...rows]);
  },
};
