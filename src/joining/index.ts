// The registry of join policies.
import { byEventId } from "./by-event-id.ts";
import { bySequenceNumber } from "./by-sequence-number.ts";
import type { JoinPolicy } from "./policy.ts";

/** By the option that selects each. */
export const joinPolicies = { reconnect: byEventId, resume: bySequenceNumber } as const satisfies Record<
  string,
  JoinPolicy
>;
