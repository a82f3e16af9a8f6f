// Builds a response as sent without `stream: true`: the last event of a stream has it.
// https://platform.openai.com/docs/api-reference/responses/object
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Answer } from "../answer.ts";
import { inOrder } from "../reader/draft.ts";

/** Statuses of a response that is over: https://platform.openai.com/docs/api-reference/responses/object#responses/object-status */
const ENDS: ReadonlySet<unknown> = new Set(["completed", "incomplete", "failed", "cancelled"]);

export function createAnswer(): Answer {
  let response: JsonObject | null = null;
  let items = new Map<number, JsonObject>();
  return {
    add(value, event) {
      const type = asString(value.type) ?? event.event;
      if (type === "response.created") items = new Map();
      else if (type === "response.output_item.done") {
        items.set(asIndex(value.output_index) ?? items.size, asObject(value.item) ?? {});
      } else if (type === "error") response = null;
      // A gateway may send the response without an event around it.
      else if (value.object === "response" && Array.isArray(value.output)) response = value;
      else {
        const snapshot = asObject(value.response);
        if (snapshot !== null && ENDS.has(snapshot.status)) response = snapshot;
      }
    },
    document() {
      // Some servers leave the output out of the last event.
      const isBare = response !== null && (!Array.isArray(response.output) || response.output.length === 0);
      return isBare && items.size > 0 ? { ...response, output: inOrder(items) } : response;
    },
  };
}
