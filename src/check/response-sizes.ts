// The sizes of a response, without its texts.
import { traitsNamed } from "../dialects/traits-named.ts";
import type { Count } from "../model/numbers.ts";
import type { Report } from "../model/report.ts";
import { textCharacters } from "../model/text-sizes.ts";

export interface ResponseSizes {
  /** Characters of visible text. */
  readonly textCharacters: Count;
  /** Outputs of the response. */
  readonly items: Count;
  /** Outputs that call a tool. */
  readonly toolCalls: Count;
}

/** The sizes of each response in a report. Does not build the texts. */
export function sizesOf({ dialect, responses }: Report): readonly ResponseSizes[] {
  const calls = traitsNamed(dialect)?.toolCalls.items;
  return responses.map((response) => {
    const items = response.items.filter(({ dropped }) => dropped !== true);
    return {
      textCharacters: items.reduce((sum, item) => sum + textCharacters(item), 0),
      items: items.length,
      toolCalls: items.filter(({ type }) => calls?.test(type) === true).length,
    };
  });
}
