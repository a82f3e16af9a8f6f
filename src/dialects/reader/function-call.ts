// The item of a call in protocols that give it no id and no status of its own.
import type { ItemSnapshot } from "../../model/facts.ts";

/** The snapshot of a call: the tool's name and the call's id, each null if the protocol does not have it. */
export function functionCall(name: string | null, callId: string | null): ItemSnapshot {
  return {
    id: null,
    type: "function_call",
    status: null,
    ...(name !== null && { name }),
    ...(callId !== null && { callId }),
  };
}
