import type { LimitError, TransportError } from "../errors.ts";

/** Why reading stopped before the end of the input; null if it reached the end. */
export type Stop = "interrupted" | TransportError | LimitError | null;
