import type { LimitError, TransportError } from "../errors.ts";

/** Why reading ended before the input did; null if the input came to its end. */
export type Stop = "interrupted" | TransportError | LimitError | null;
