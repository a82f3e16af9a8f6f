// The amount of testing. `npm test` uses chosen inputs, places and cuts; with SSESCOPE_EXHAUSTIVE=1, which CI sets,
// tests use all of them.

export const isExhaustive = process.env.SSESCOPE_EXHAUSTIVE === "1";

/** Returns `few` in `npm test`, `all` in CI. */
export function tried<Amount>(few: Amount, all: Amount): Amount {
  return isExhaustive ? all : few;
}
