// Reports of the same stream, read at different times.
import type { ItemReport, ResponseReport } from "../../src/model/report.ts";

/** A response without the fields that depend on arrival times. */
export function untimed(response: ResponseReport): ResponseReport {
  return { ...response, items: response.items.map(untimedItem), timing: null };
}

function untimedItem(item: ItemReport): ItemReport {
  const { firstEventMs: _firstEventMs, ...rest } = item;
  return rest;
}
