// How much is tried. `npm test` tries chosen inputs, places and cuts; with SSESCOPE_EXHAUSTIVE=1, which CI sets, tests try
// all of them.

export const isExhaustive = process.env.SSESCOPE_EXHAUSTIVE === "1";

/** What is tried: `few` of something in `npm test`, `all` of it in CI. */
export function tried<Amount>(few: Amount, all: Amount): Amount {
  return isExhaustive ? all : few;
}
