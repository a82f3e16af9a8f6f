// Compares a streamed text with the text that a later event states, which a server may have changed on purpose.

/**
 * The stated text if the streamed one lacks a part of it, for example because a delta was lost. Null if they are equal
 * or differ in another way: an application may trim or replace a text.
 */
export function statedIfLost(streamed: string, stated: string): string | null {
  const [had, all] = [streamed.trim(), stated.trim()];
  if (had === "" || had.length >= all.length) return null;
  let before = 0;
  while (before < had.length && had[before] === all[before]) before += 1;
  return had.slice(before) === all.slice(all.length - (had.length - before)) ? stated : null;
}
