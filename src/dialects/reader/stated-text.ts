// A text as it was streamed beside the same text as a later event states it, where a server may have changed it on purpose.

/**
 * The stated text if the streamed one lacks a part of it, as where a delta was lost; null if they are the same, or differ in
 * another way: an application may trim a text or put another one in its place.
 */
export function statedIfLost(streamed: string, stated: string): string | null {
  const [had, all] = [streamed.trim(), stated.trim()];
  if (had === "" || had.length >= all.length) return null;
  let before = 0;
  while (before < had.length && had[before] === all[before]) before += 1;
  return had.slice(before) === all.slice(all.length - (had.length - before)) ? stated : null;
}
