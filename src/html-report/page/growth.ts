// Rebuilds the texts of a stream as of one of its events.
import type { TextKind } from "../../model/text-kinds.ts";
import type { EventRow, ItemSummary, StreamDetail } from "../data.ts";

export interface GrownText {
  readonly key: string;
  readonly kind: TextKind;
  readonly response: number;
  readonly item: number;
  /** The text before the event, and the text that the event itself added. */
  readonly before: string;
  readonly fresh: string;
}

interface GrowingText extends GrownText {
  before: string;
  fresh: string;
}

/** The texts after row `last`, in the order in which they began. */
export function textsAt(rows: readonly EventRow[], last: number): GrownText[] {
  const texts = new Map<string, GrowingText>();
  for (let index = 0; index <= last && index < rows.length; index++) {
    const deltas = rows[index]?.[7] ?? [];
    for (const [response, item, part, kind, text] of deltas) {
      const key = `${response}.${item}.${kind}.${part}`;
      let grown = texts.get(key);
      if (grown === undefined) texts.set(key, (grown = { key, kind, response, item, before: "", fresh: "" }));
      if (index === last) grown.fresh += text;
      else grown.before += text;
    }
  }
  return [...texts.values()];
}

/** The item at this position of a response; null if it is unknown. */
export function itemNamed({ responses }: StreamDetail, response: number, item: number): ItemSummary | null {
  return responses[response]?.items.find(({ index }) => index === item) ?? null;
}
