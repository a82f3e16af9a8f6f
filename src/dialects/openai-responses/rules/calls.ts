// The ids of calls: a call's result must name the id that the call was added with.
import { asObject, asString } from "../../../model/payload.ts";
import { family } from "../../../rules/rule.ts";
import { nameItem, wholeItem } from "../../../rules/watching/item-ledger.ts";
import { ITEM_DONE, positionOf } from "./event.ts";

export const callRules = family({
  name: "calls",
  rules: [
    {
      id: "call-id-changed",
      // Not an error: OpenAI itself does it to the client's own `tool_search`.
      severity: "warning",
      meaning: "A call's `call_id` differs between its added and done events.",
      why: "A client that sends the result with the first id gets an error, because no such call exists.",
      remedy: "Keep the `call_id` from `output_item.added`; clients should use the one from `output_item.done`.",
    },
  ],
  watch(find, { ledger }) {
    return {
      payloads: {
        [ITEM_DONE](value, reading) {
          const position = ledger.isOpen ? positionOf(value, reading) : null;
          if (position === null) return;
          const added = wholeItem(ledger, position)?.snapshot;
          const callId = asString(asObject(value.item)?.call_id);
          if (added?.callId === undefined || callId === null || added.callId === callId) return;
          const message = `the call_id of ${nameItem(position, added.type)} was ${added.callId}, but its done event has ${callId}`;
          find("call-id-changed", reading.event, message, { expected: added.callId, seen: callId });
        },
      },
    };
  },
});
